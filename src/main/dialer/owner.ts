/**
 * Whose something is that outlives a shift, as `mode/agent`; null: kept before anybody was named, and whoever's is signed
 * in. Several agents use one computer in turn.
 */
export type Owner = string | null;

/** Of the one who is signed in; while nobody knows who that is, everything is. */
export function isOwn(owner: Owner, now: string | undefined): boolean {
  return now === undefined || owner === null || owner === now;
}

/** Known to be of the one who is signed in: it may go out in their name. */
export function isCertainlyOwn(owner: Owner, now: string | undefined): boolean {
  return now !== undefined && isOwn(owner, now);
}

/** Of this agent or of another one at the same kind of relay: the team's, the own one, the practice floor. */
export function isOfSameHome(owner: Owner, now: string | undefined): boolean {
  return now !== undefined && (owner === null || homeOf(owner) === homeOf(now));
}

function homeOf(owner: string): string {
  return owner.slice(0, owner.indexOf('/'));
}
