/** What befalls a floor. Each strikes once and is over when it returns, though the floor may not have recovered yet. */
import type { Dice } from '../../support/chaos/dice';
import type { FloorHost } from '../../support/chaos/floor-host';

export type Trouble = (floor: FloorHost, random: Dice) => Promise<void>;

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const anyRelay = (floor: FloorHost, random: Dice) => floor.relay(random.between(0, floor.relays.length - 1));

/** Longer than a statement may take and than a relay may stand still in a transaction. */
const LONG_MS = 6_500;

/** A relay is killed and started again. */
export const kill: Trouble = async (floor, random) => {
  const { host } = anyRelay(floor, random);
  await host.end('SIGKILL');
  await wait(random.between(0, 500));
  await host.up();
};

/** Every relay in turn goes down in order and comes back, as an update does it. */
export const rollingRestart: Trouble = async (floor) => {
  for (const { host } of floor.relays) {
    await host.end('SIGTERM');
    await host.up();
    await floor.whole();
  }
};

/** A relay stands still, also in the middle of a transaction, and goes on as if nothing had been. */
export const standStill: Trouble = async (floor, random) => {
  const { host } = anyRelay(floor, random);
  host.pause();
  await wait(random.between(500, 5_000));
  host.resume();
};

/** A relay and the database no longer hear each other. */
export const cutFromDatabase: Trouble = async (floor, random) => {
  const { toDatabase } = anyRelay(floor, random);
  for (const cable of toDatabase) cable.pull();
  await wait(random.between(500, 5_000));
  for (const cable of toDatabase) cable.plug();
};

/** A relay's desks no longer hear it. */
export const cutFromDesks: Trouble = async (floor, random) => {
  const { toDesks } = anyRelay(floor, random);
  toDesks.pull();
  await wait(random.between(2_500, 5_000));
  toDesks.plug();
};

/** The database goes down, in order or as if its power failed, and comes back. */
export const restartDatabase: Trouble = async (floor, random) => {
  const { primary } = floor.database;
  await primary.down(random.pick(['fast', 'crash']));
  await wait(random.between(0, 1_500));
  await primary.up();
};

/** The database's machine is lost, its standby takes over, and another standby is made. */
export const failOver: Trouble = async (floor) => {
  await floor.database.failOver();
  await floor.whole();
  await floor.database.rebuild();
};

/** Every process of the database is killed, and it comes back. */
export const killDatabase: Trouble = async (floor, random) => {
  const { primary } = floor.database;
  await primary.down('kill');
  await wait(random.between(0, 500));
  await primary.up();
};

/** The standby falls behind, and takes over without what it lacks. */
export const failOverBehind: Trouble = async (floor, random) => {
  await floor.database.fallBehind();
  await wait(random.between(500, 1_500));
  await failOver(floor, random);
};

/** The standby is away for a while, and before it is back the primary is lost: what nobody else has must not be acknowledged. */
export const loseBoth: Trouble = async (floor) => {
  const { primary, standby } = floor.database;
  await standby.down('crash');
  await wait(LONG_MS);
  await primary.down('crash');
  await standby.up();
  await floor.database.failOver();
  await floor.whole();
  await floor.database.rebuild();
};
