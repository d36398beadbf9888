/** Certificates are made with openssl where there is one; elsewhere this is skipped. */
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import os from 'node:os';
import path from 'node:path';
import { connect, type PeerCertificate, type TLSSocket } from 'node:tls';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readTls, reloadTls } from '../../../src/relay/http/tls';
import { until } from '../../support/poll';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
let folder: string;
let server: Server;
let stop: () => void;

const at = (name: string) => path.join(folder, name);
function makeCertificate(name: string): void {
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-days',
      '2',
      '-subj',
      `/CN=${name}`,
      '-keyout',
      at(`${name}.key`),
      '-out',
      at(`${name}.crt`),
    ],
    { stdio: 'ignore' },
  );
}

function dial(): Promise<TLSSocket> {
  return new Promise((resolve) => {
    const socket: TLSSocket = connect(
      (server.address() as AddressInfo).port,
      '127.0.0.1',
      { rejectUnauthorized: false },
      () => resolve(socket),
    );
  });
}
const nameOf = (certificate: PeerCertificate) => certificate.subject.CN;

describe.skipIf(!hasOpenssl)('certificates', () => {
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'handover-tls-'));
    for (const name of ['old', 'new']) makeCertificate(name);
    await copyFile(at('old.crt'), at('live.crt'));
    await copyFile(at('old.key'), at('live.key'));
    const files = { cert: at('live.crt'), key: at('live.key') };
    server = createServer(await readTls(files));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    stop = reloadTls(server, files, pino({ level: 'silent' }), 30);
  });
  afterEach(async () => {
    stop();
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true });
  });

  test('are taken up when the files change, without ending open connections', async () => {
    const before = await dial();
    expect(nameOf(before.getPeerCertificate())).toBe('old');
    await copyFile(at('new.crt'), at('live.crt'));
    await copyFile(at('new.key'), at('live.key'));
    const fresh = await until('the new certificate', async () => {
      const socket = await dial();
      if (nameOf(socket.getPeerCertificate()) === 'new') return socket;
      socket.destroy();
      return undefined;
    });
    expect(before.destroyed).toBe(false);
    before.destroy();
    fresh.destroy();
  });

  test('that do not fit their key leave the old ones in place', async () => {
    await copyFile(at('new.crt'), at('live.crt'));
    await new Promise((resolve) => setTimeout(resolve, 150));
    const socket = await dial();
    expect(nameOf(socket.getPeerCertificate())).toBe('old');
    socket.destroy();
  });
});
