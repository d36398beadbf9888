/** Who is at the other end, with `X-Forwarded-For` believed only from configured proxies. */
import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

export type ClientAddress = (request: IncomingMessage) => string;

/** IPv4 addresses come as `::ffff:1.2.3.4` on a socket that listens on both. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}

/** @param proxies addresses or CIDR ranges */
export function clientAddress(proxies: readonly string[]): ClientAddress {
  const trusted = new BlockList();
  for (const proxy of proxies) {
    const [address = '', bits] = proxy.split('/');
    if (bits === undefined) trusted.addAddress(address, familyOf(address));
    else trusted.addSubnet(address, Number(bits), familyOf(address));
  }
  const isTrusted = (address: string) => isIP(address) !== 0 && trusted.check(address, familyOf(address));

  return (request) => {
    const peer = plain(request.socket.remoteAddress ?? '');
    if (!isTrusted(peer)) return peer;
    const forwarded = [request.headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
    // From the right: each proxy appends whom it heard, and only what our own proxies wrote can be believed.
    const hops = forwarded.map((hop) => plain(hop.trim())).filter((hop) => hop !== '');
    return hops.findLast((hop) => !isTrusted(hop)) ?? peer;
  };
}
