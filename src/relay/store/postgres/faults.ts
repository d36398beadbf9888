/** What went wrong, by PostgreSQL's or the network's code. */
import { StoreError, type StoreFault } from '../port';

/** Codes of the connection and the server as a whole: the session is of no more use. */
const IO = /^(?:08|57P0[1235]|25006|25P03|58|F0|XX|ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|ENOTFOUND|EAI_)/;
const CONNECTION = /connection|terminated|timeout|not queryable/i;
/** It would have worked at another moment. */
const BUSY = /^(?:40|55P03|57014|53|57P04)/;

function faultOf(error: Error): StoreFault {
  const code = 'code' in error ? String(error.code) : '';
  if (code.startsWith('53100')) return 'full';
  if (IO.test(code)) return 'io';
  if (BUSY.test(code)) return 'busy';
  // What `pg` says of a connection that was lost, or never made, has no code.
  return code === '' && CONNECTION.test(error.message) ? 'io' : 'fault';
}

/** Any error as a StoreError. Defects of ours (a TypeError, an assertion) are faults as they are. */
export function storeErrorOf(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  if (!(error instanceof Error)) return new StoreError('fault', 'the database failed', { cause: error });
  const defect = error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError;
  return new StoreError(defect ? 'fault' : faultOf(error), error.message, { cause: error });
}

/**
 * Statements prepared before another relay changed the schema, which a new session prepares anew, and transactions that
 * gave way to another.
 */
const ANOTHER_TRY = ['0A000', '26000', '40001', '40P01'];

export function isWorthAnotherTry(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ANOTHER_TRY.includes(String(error.code));
}
