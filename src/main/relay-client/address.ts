/** Relay addresses as people type them, and the two addresses a desk uses of each. */
import type { Refusal } from '../../shared/contract/refusals';

export type AddressCheck = { ok: true; relay: string } | ({ ok: false } & Refusal);

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Encrypted, or on this very computer; nothing but host and port. `relay` is `ws(s)://host[:port]`. */
export function checkRelayAddress(typed: string): AddressCheck {
  const text = typed.trim().replace(/^http(s?):/i, 'ws$1:');
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || url.host === '') return { ok: false, reason: 'address_unreadable' };
  if (url.protocol !== 'wss:' && url.protocol !== 'ws:') return { ok: false, reason: 'address_scheme' };
  if (url.protocol === 'ws:' && !LOOPBACK.test(url.hostname)) return { ok: false, reason: 'address_unencrypted' };
  if (url.username !== '' || url.password !== '') return { ok: false, reason: 'address_credentials' };
  if ((url.pathname !== '/' && url.pathname !== '') || url.search !== '' || url.hash !== '') {
    return { ok: false, reason: 'address_path' };
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
