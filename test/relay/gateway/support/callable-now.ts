/** Numbers that may be called for service at this moment, for tests of the built relay, which has the machine's clock. */
import { createDialCheck } from '../../../../src/shared/lib/dialling/check';
import { dialQuestionSchema } from '../../../../src/shared/contract/dialling';
import { bundledPacks } from '../../../../src/relay/dialling/bundled';
import { readPacks } from '../../../../src/relay/dialling/packs';
import { createPlaceFinder } from '../../../../src/relay/dialling/places';
import { loadPlaceTables } from '../../../../src/relay/dialling/place-tables';

/** Where it is day somewhere at any time: India, Germany, British Columbia, New South Wales. */
const STEMS = ['+91987650000', '+493012345670', '+160455501', '+6129876540'];

const numbersLike = (stem: string, count: number) =>
  Array.from({ length: count }, (_, n) => `${stem}${String(n).padStart(stem.startsWith('+1') ? 2 : 1, '0')}`);

/** @param count at most 10 */
export function callableNow(count: number, now = Date.now()): string[] {
  const check = createDialCheck(readPacks(bundledPacks));
  const find = createPlaceFinder(loadPlaceTables());
  for (const stem of STEMS) {
    const numbers = numbersLike(stem, count);
    const [phone = ''] = numbers;
    const places = find(phone, {});
    const asked = { at: new Date(now).toISOString(), phone, kind: 'ai_voice', purpose: 'service', ...places };
    const question = dialQuestionSchema.parse({ ...asked, dnc: [{ list: 'own', state: 'not_listed' }] });
    if (check(question).verdict === 'allowed') return numbers;
  }
  throw new Error('nobody may be called at this hour: add a country');
}
