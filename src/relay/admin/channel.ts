/**
 * How the command line reaches a running relay: HTTP on a loopback port, guarded by a random secret that lies beside the
 * database, readable by the relay's own user only. One process owns the database file; the others ask it.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { adminAnswerSchema, adminRequestSchema, type AdminAnswer, type AdminRequest } from './commands';

const SECRET_BYTES = 32;
const MAX_REQUEST_BYTES = 64 * 1024;
const OWNER_ONLY = 0o600;
/** A blank while a long command runs, so that whoever waits knows that somebody works: JSON may begin with blanks. */
const ALIVE_EVERY_MS = 10_000;

const addressSchema = z.object({ port: z.int(), secret: z.string() });

export const adminFileOf = (databasePath: string): string => `${databasePath}.admin`;

export interface AdminChannel {
  close(): Promise<void>;
}

function mayAsk(request: IncomingMessage, secret: string): boolean {
  const given = Buffer.from(request.headers.authorization ?? '');
  const wanted = Buffer.from(`Bearer ${secret}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_REQUEST_BYTES) throw new Error('request too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/** Opens the channel and writes its address file. */
export async function openAdminChannel(
  file: string,
  run: (request: AdminRequest) => Promise<AdminAnswer>,
): Promise<AdminChannel> {
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  const answer = async (request: IncomingMessage): Promise<AdminAnswer> => {
    const parsed = adminRequestSchema.safeParse(JSON.parse(await bodyOf(request)));
    if (!parsed.success) return { ok: false, message: z.prettifyError(parsed.error) };
    return run(parsed.data);
  };
  const server = createServer((request, response) => {
    if (!mayAsk(request, secret)) {
      response.writeHead(401).end();
      return;
    }
    response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
    const alive = setInterval(() => response.write(' '), ALIVE_EVERY_MS);
    answer(request)
      .catch((error: unknown): AdminAnswer => ({
        ok: false,
        message: error instanceof Error ? error.message : 'failed',
      }))
      .then((result) => response.end(JSON.stringify(result)))
      .catch(() => response.destroy())
      .finally(() => clearInterval(alive));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  // Removed first: `mode` only counts for a file that is made anew.
  await rm(file, { force: true });
  await writeFile(file, JSON.stringify({ port, secret }), { mode: OWNER_ONLY });
  return {
    close: async () => {
      await rm(file, { force: true });
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Asks the running relay; undefined when none runs. */
export async function askRelay(file: string, request: AdminRequest): Promise<AdminAnswer | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    return undefined;
  }
  const { port, secret } = addressSchema.parse(JSON.parse(text));
  let response: Response;
  try {
    response = await fetch(`http://127.0.0.1:${port}/`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}` },
      body: JSON.stringify(request),
    });
  } catch {
    // The file was left behind by a relay that was killed.
    return undefined;
  }
  // Another program may have been given the port since.
  if (response.status !== 200) return undefined;
  let answer: unknown;
  try {
    answer = await response.json();
  } catch (cause) {
    // It had begun: to do it here as well would be to do it twice.
    throw new Error('the relay ended before it answered; look what was done before trying again', { cause });
  }
  return adminAnswerSchema.parse(answer);
}
