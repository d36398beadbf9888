/** The company's policy of this computer: read once at start, told where it is not as IT meant it. */
import type { Policy, PolicyView } from '../../shared/contract/policy';
import type { Notices } from '../observability/notices';
import { lockedBy, SAFE_POLICY } from './overlay';
import { readPolicy } from './read-policy';
import type { PolicyRead } from './read-policy';

export interface CompanyPolicy {
  /** What holds. */
  policy: Policy;
  view: PolicyView;
  read: PolicyRead;
}

function holding(read: PolicyRead): Policy {
  if (read.state === 'in_force') return read.policy;
  return read.state === 'broken' ? SAFE_POLICY : {};
}

export function companyPolicy(file: string, platform: NodeJS.Platform): CompanyPolicy {
  const read = readPolicy(file, platform);
  const policy = holding(read);
  const { crm_hosts } = policy;
  return {
    policy,
    read,
    view: {
      state: read.state,
      locked: lockedBy(policy),
      ...(crm_hosts === undefined ? {} : { crm_hosts }),
      file,
    },
  };
}

/** Tells the person and the log what is wrong with the file; keys and causes, never values. */
export function tellOf(
  read: PolicyRead,
  notices: Pick<Notices, 'add'>,
  log: (what: string, details: Record<string, string>) => void,
): void {
  if (read.state === 'none' || read.state === 'in_force') {
    log('policy', { state: read.state });
    return;
  }
  log('policy', { state: read.state, why: read.why });
  notices.add(read.state === 'broken' ? 'policy_broken' : 'policy_ignored', read.why);
}
