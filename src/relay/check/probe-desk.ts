/** The smallest desk: signs in, and notices calls. */
import WebSocket from 'ws';
import { z } from 'zod';
import { DESK_SUBPROTOCOL } from '../../shared/contract/desk-protocol';

const SIGN_IN_WITHIN_MS = 5_000;

const frameSchema = z.looseObject({
  type: z.string(),
  ok: z.boolean().optional(),
  event: z.looseObject({ subject: z.string().optional() }).optional(),
});

export interface ProbeDesk {
  waitFor(call: string, withinMs: number): Promise<void>;
  close(): void;
}

/** @throws when the desk cannot sign in */
export async function connectProbe(url: string, token: string): Promise<ProbeDesk> {
  const seen = new Set<string>();
  const waiting = new Map<string, () => void>();
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/desk`, DESK_SUBPROTOCOL, {
    headers: { authorization: `Bearer ${token}` },
    rejectUnauthorized: false,
  });
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no answer to hello')), SIGN_IN_WITHIN_MS);
    socket.on('open', () => {
      socket.send(JSON.stringify({ type: 'hello', id: 1, position: null, client: { app: 'check', version: '1' } }));
    });
    socket.on('message', (data: Buffer) => {
      const frame = frameSchema.parse(JSON.parse(data.toString()));
      if (frame.type === 'reply') {
        clearTimeout(timer);
        if (frame.ok === true) resolve();
        else reject(new Error('hello was refused'));
      }
      const call = frame.event?.subject;
      if (call === undefined) return;
      seen.add(call);
      waiting.get(call)?.();
    });
    socket.on('error', reject);
    socket.on('close', (code) => reject(new Error(`closed with ${code}`)));
  }).catch((error: unknown) => {
    socket.terminate();
    throw error;
  });
  return {
    waitFor: (call, withinMs) =>
      new Promise((resolve, reject) => {
        if (seen.has(call)) {
          resolve();
          return;
        }
        const timer = setTimeout(() => reject(new Error(`nothing within ${withinMs} ms`)), withinMs);
        waiting.set(call, () => {
          clearTimeout(timer);
          resolve();
        });
      }),
    close: () => socket.close(),
  };
}
