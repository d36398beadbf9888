/**
 * Hours of a lane: what the rules say of everybody of one list who could be in the same places, before anything is known of
 * the person. Leads whose lane is closed are not looked at one by one.
 */
import type { z } from 'zod';
import type { DialQuestion, DialVerdict } from '../../shared/contract/dialling';
import { dialQuestionSchema, type BlockReason } from '../../shared/contract/dialling';
import type { consentLevelSchema, DialKind, PolicyPack } from '../../shared/contract/dialling-policies';
import type { DialCheck } from '../../shared/lib/dialling/check';
import type { Places } from '../dialling/places';
import type { ListSettings } from './port';

/** Reasons that are of the place and its clocks, not of the person. */
const OF_PLACE: ReadonlySet<string> = new Set<BlockReason>([
  'outside_hours',
  'blocked_day',
  'holiday',
  'holidays_unknown',
]);

/** Everything that stands in the way is the hour: the whole lane is closed. */
export function isClosedHour({ findings, next }: Pick<DialVerdict, 'findings' | 'next'>): boolean {
  const blocking = findings.filter(({ effect }) => effect === 'block');
  return blocking.length > 0 && next !== null && blocking.every(({ reason }) => OF_PLACE.has(reason));
}

type ConsentLevel = z.infer<typeof consentLevelSchema>;

/** Any possible number: the places are given beside it. */
const ANY_NUMBER = '+15550000000';

export type JudgeLane = (
  settings: Pick<ListSettings, 'purpose' | 'kind'>,
  where: Places,
  at: number,
  /** What if it were this kind of call; and what consent is held, by default the strongest. */
  supposing?: { kind?: DialKind | undefined; consent?: ConsentLevel | null },
) => DialVerdict;

/** Asks as if consent were held and no list had the number: what then blocks, blocks everybody. */
export function createLaneJudge(packs: readonly PolicyPack[], check: DialCheck): JudgeLane {
  const lists = [
    ...new Set(packs.flatMap(({ rules }) => rules.flatMap((rule) => (rule.kind === 'dnc_list' ? [rule.list] : [])))),
  ];
  return (settings, where, at, { kind = settings.kind, consent = 'written' } = {}) => {
    const now = new Date(at).toISOString();
    const { purpose } = settings;
    const clear: Pick<DialQuestion, 'consents'> = {
      consents:
        consent === null ? [] : [{ id: 'assumed', level: consent, kinds: [kind], purposes: [purpose], given_at: now }],
    };
    const dnc = lists.map((list) => ({ list, state: 'not_listed' as const, list_date: now }));
    return check(
      dialQuestionSchema.parse({
        ...where,
        ...clear,
        dnc,
        at: now,
        phone: ANY_NUMBER,
        kind,
        purpose,
        trigger: 'preview',
      }),
    );
  };
}
