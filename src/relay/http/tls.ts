/** Certificate files, read again when they change: renewals must not cost a desk its link. */
import { watchFile, unwatchFile } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Server as TlsServer } from 'node:tls';
import type { Logger } from 'pino';

export interface TlsFiles {
  cert: string;
  key: string;
}

/** Polled, because renewal tools replace files and links in ways that file events miss. */
const LOOK_EVERY_MS = 5_000;

/** @throws when a file cannot be read */
export async function readTls(files: TlsFiles): Promise<{ cert: Buffer; key: Buffer }> {
  const [cert, key] = await Promise.all([readFile(files.cert), readFile(files.key)]);
  return { cert, key };
}

/**
 * Gives new connections the renewed certificate; open ones go on with theirs. Files that do not fit together (a renewal
 * half done) leave the old certificate in place.
 * @returns stops watching
 */
export function reloadTls(server: unknown, files: TlsFiles, log: Logger, everyMs = LOOK_EVERY_MS): () => void {
  if (!(server instanceof TlsServer)) return () => undefined;
  const reload = () => {
    readTls(files)
      .then((context) => {
        server.setSecureContext(context);
        log.info('certificate reloaded');
      })
      .catch((error: unknown) => log.error({ err: error }, 'the renewed certificate cannot be used yet'));
  };
  for (const file of [files.cert, files.key]) watchFile(file, { interval: everyMs, persistent: false }, reload);
  return () => {
    for (const file of [files.cert, files.key]) unwatchFile(file, reload);
  };
}
