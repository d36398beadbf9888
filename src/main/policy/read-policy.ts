/**
 * Finds and reads the company's policy file. It counts only when the person at the desk could not have written it; one
 * that cannot be understood is told, and safe values hold until it is mended.
 */
import { closeSync, constants, fstatSync, openSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { policySchema } from '../../shared/contract/policy';
import type { Policy } from '../../shared/contract/policy';
import { checkRelayAddress } from '../relay-client/address';
import { settingsOf } from './overlay';

/** A policy is a page of text; more is a mistake. */
const MAX_BYTES = 256 * 1024;

export type PolicyRead =
  | { state: 'none' }
  | { state: 'in_force'; policy: Policy }
  /** `why` names keys and causes, never values. */
  | { state: 'broken' | 'ignored'; why: string };

/** Where IT places the file. @param programData Windows' folder for all users */
export function policyFile(platform: NodeJS.Platform, programData: string): string {
  if (platform === 'win32') return path.win32.join(programData, 'Handover Desk', 'policy.json');
  if (platform === 'darwin') return '/Library/Application Support/Handover Desk/policy.json';
  return '/etc/handover-desk/policy.json';
}

/** What is known of who may write a file or folder. */
export interface Ownership {
  uid: number;
  /** POSIX permission bits. */
  mode: number;
}

const GROUP_OR_OTHERS_WRITE = 0o022;

/** Why anybody but root could have written it; undefined when nobody could. */
export function looseness({ uid, mode }: Ownership): string | undefined {
  if (uid !== 0) return 'it must belong to root';
  return (mode & GROUP_OR_OTHERS_WRITE) === 0 ? undefined : 'only root may be able to write it';
}

/** Windows keeps no owner that can be asked for here: whoever can open the file for writing could have written it. */
function canBeWritten(file: string): boolean {
  try {
    closeSync(openSync(file, constants.O_RDWR));
    return true;
  } catch {
    return false;
  }
}

/** Read through one open file, so that what was checked is what is read. */
function readChecked(file: string, platform: NodeJS.Platform): { text: string } | { why: string } {
  const opened = openSync(file, constants.O_RDONLY);
  try {
    const stats = fstatSync(opened);
    if (!stats.isFile() || stats.size > MAX_BYTES) return { why: 'it is no file of a policy’s size' };
    const loose =
      platform === 'win32'
        ? canBeWritten(file) && 'the person at the desk can write it'
        : (looseness(stats) ?? looseness(statSync(path.dirname(file))));
    if (typeof loose === 'string') return { why: loose };
    return { text: readFileSync(opened, 'utf8') };
  } finally {
    closeSync(opened);
  }
}

/** @returns the policy in the words of the settings, or what is wrong with it */
export function parsePolicy(text: string): PolicyRead {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { state: 'broken', why: 'it is not JSON' };
  }
  const parsed = policySchema.safeParse(value);
  const issues = parsed.success ? settingsOf(parsed.data).issues : parsed.error.issues.map(describe);
  if (!parsed.success || issues.length > 0) return { state: 'broken', why: issues.join('; ') };
  const { relays, ...rest } = parsed.data;
  if (relays === undefined) return { state: 'in_force', policy: rest };
  const checked = relays.map(checkRelayAddress);
  const usable = checked.flatMap((check) => (check.ok ? [check.relay] : []));
  if (usable.length < relays.length) {
    return { state: 'broken', why: 'relays: each must be like wss://relay.example.com' };
  }
  return { state: 'in_force', policy: { ...rest, relays: usable } };
}

function describe({ path: at, message }: { path: PropertyKey[]; message: string }): string {
  return at.length === 0 ? message : `${at.join('.')}: ${message}`;
}

export function readPolicy(file: string, platform: NodeJS.Platform): PolicyRead {
  try {
    const read = readChecked(file, platform);
    return 'why' in read ? { state: 'ignored', why: read.why } : parsePolicy(read.text);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { state: 'none' };
    return { state: 'broken', why: 'it could not be read' };
  }
}
