/** IP allow-lists, for platforms that sign nothing. */
import { BlockList, isIP } from 'node:net';

function familyOf(address: string): 'ipv4' | 'ipv6' | undefined {
  const version = isIP(address);
  return version === 0 ? undefined : version === 4 ? 'ipv4' : 'ipv6';
}

/** Whether `address` is one of `allowed` (addresses or CIDR networks). IPv4 mapped into IPv6 counts as IPv4. */
export function isAllowed(address: string | undefined, allowed: readonly string[]): boolean {
  const plain = address?.replace(/^::ffff:(?=\d+\.)/i, '');
  const family = plain === undefined ? undefined : familyOf(plain);
  if (plain === undefined || family === undefined) return false;
  const list = new BlockList();
  for (const entry of allowed) {
    const [network = '', prefix] = entry.split('/');
    const kind = familyOf(network);
    if (kind === undefined) continue;
    if (prefix === undefined) list.addAddress(network, kind);
    else list.addSubnet(network, Number(prefix), kind);
  }
  return list.check(plain, family);
}
