/** Sends one event, with what goes wrong on the way: a repeat, an overtaking, a forgery. */
import type { Random } from '../random';
import type { Stage } from '../stage';
import type { Parcel } from './courier';

/** What a command asks for; anything absent is left to chance. */
export interface Wish {
  duplicate?: boolean | undefined;
  wrong_signature?: boolean | undefined;
}

/** A repeat follows its original after this long, floor's milliseconds. */
const REPEAT_AFTER_MS = { low: 400, high: 3_000 };
/** Long enough for the next event of a call to pass. */
const OVERTAKEN_MS = { low: 3_000, high: 9_000 };

/**
 * Sends `parcel`. `forge` makes the same request as a stranger would send it: with another signature, header or path.
 * With `wrong_signature` asked for, only the forgery goes out.
 */
export function dispatch(
  stage: Stage,
  random: Random,
  parcel: Parcel,
  forge: (parcel: Parcel) => Parcel,
  wish: Wish = {},
): void {
  const forged = () => ({ ...forge(parcel), kind: 'forged' as const });
  if (wish.wrong_signature === true) {
    stage.courier.send(forged());
    return;
  }
  const { duplicates, disorder, wrong_signatures } = stage.mischief;
  // Every chance is drawn for every event, so that switching one off does not change the others.
  const overtaken = random.chance(disorder) ? random.between(OVERTAKEN_MS.low, OVERTAKEN_MS.high) : 0;
  const repeated = random.chance(duplicates);
  const repeatAfter = random.between(REPEAT_AFTER_MS.low, REPEAT_AFTER_MS.high);
  const attacked = random.chance(wrong_signatures);
  stage.courier.send(parcel, overtaken);
  if (wish.duplicate ?? repeated) stage.courier.send({ ...parcel, kind: 'duplicate' }, overtaken + repeatAfter);
  if (attacked) stage.courier.send(forged());
}
