/** The desk check as text to send to whoever helps: what was graded and why, and nothing about anybody. */
import type { DeskCheck, DeskCheckAnswers, DeskCheckResult } from '../../shared/contract/desk-check';

/** Items whose `of` is a name that the product or the system gave, never a person's or a company's. */
const NAMED: ReadonlySet<DeskCheckResult['item']> = new Set(['signature', 'display']);

const answer = (said: boolean | null): string => (said === null ? 'not answered' : said ? 'yes' : 'no');

/** Addresses are the company's own business, whatever sentence they stand in. */
const withoutAddresses = (text: string): string =>
  text.replaceAll(/\b[a-z]+:\/\/\S+/gi, '(address)').replaceAll(/\b(\d{1,3}\.){3}\d{1,3}(:\d+)?\b/g, '(address)');

function line({ item, grade, why, n, of }: DeskCheckResult): string {
  const about = [why, n, NAMED.has(item) && of !== undefined ? withoutAddresses(of) : undefined];
  return `${grade.padEnd(7)} ${item}: ${about.filter((part) => part !== undefined).join(' ')}`;
}

export function reportOf(
  check: DeskCheck,
  { heard, seen }: DeskCheckAnswers,
  { version, system }: { version: string; system: string },
): string {
  return [
    `Handover Desk ${version} on ${system}, desk check of ${new Date(check.at).toISOString()}`,
    ...check.results.map(line),
    `sound heard: ${answer(heard)}`,
    `window seen: ${answer(seen)}`,
    '',
  ].join('\n');
}
