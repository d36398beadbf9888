/** What must be known before any rule can be asked: these stand in no pack and cannot be edited away. */
import type { BlockReason, Finding } from '../../contract/dialling';
import type { Facts } from './facts';
import type { Policies } from './policies';

const ENGINE = { pack: 'engine', pack_version: '2026-11-21', checked: '2026-11-21' } as const;

function blocked(rule: string, reason: BlockReason, zone?: string): Finding {
  return {
    rule,
    ...ENGINE,
    effect: 'block',
    reason,
    source: { url: 'docs/dialling.md', basis: 'house' },
    overridable: true,
    ...(zone === undefined ? {} : { zone }),
  };
}

export function engineFindings(policies: Policies, { question, zones, unknownZone }: Facts): Finding[] {
  const findings: Finding[] = [];
  if (question.country === null) findings.push(blocked('engine.country', 'country_unknown'));
  else if (!policies.covers(question.country)) findings.push(blocked('engine.country', 'country_without_rules'));
  if (unknownZone !== undefined) findings.push(blocked('engine.zone', 'zone_unknown', unknownZone));
  else if (zones.length === 0) findings.push(blocked('engine.zone', 'zone_unknown'));
  return findings;
}
