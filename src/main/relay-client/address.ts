/** Relay addresses as people type them, and the two addresses a desk uses of each. */

export type AddressCheck = { ok: true; relay: string } | { ok: false; reason: string };

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Encrypted, or on this very computer; nothing but host and port. `relay` is `ws(s)://host[:port]`. */
export function checkRelayAddress(typed: string): AddressCheck {
  const text = typed.trim().replace(/^http(s?):/i, 'ws$1:');
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || url.host === '')
    return { ok: false, reason: 'That is not an address. It looks like wss://relay.example.com' };
  if (url.protocol !== 'wss:' && url.protocol !== 'ws:') {
    return { ok: false, reason: 'The address must begin with wss://' };
  }
  if (url.protocol === 'ws:' && !LOOPBACK.test(url.hostname)) {
    return { ok: false, reason: 'Without encryption only a relay on this computer is allowed. Use wss://' };
  }
  if (url.username !== '' || url.password !== '')
    return { ok: false, reason: 'Leave name and password out of the address.' };
  if ((url.pathname !== '/' && url.pathname !== '') || url.search !== '' || url.hash !== '') {
    return { ok: false, reason: 'Only the host and, if needed, the port: nothing after them.' };
  }
  return { ok: true, relay: `${url.protocol}//${url.host}` };
}

/** WebSocket address of the desk endpoint. */
export function deskUrl(relay: string): string {
  return new URL('/desk', relay.replace(/^http/, 'ws')).href;
}

/** Address of a path of the relay's REST API. */
export function restUrl(relay: string, path: string): string {
  return new URL(path, relay.replace(/^ws/, 'http')).href;
}
