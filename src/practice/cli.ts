/** `node out/practice/cli.js --config FILE [--relay URL] [--port N] [--seed N] [--time-scale X] [--script NAME]` */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { systemClock } from './clock';
import { parseConfig } from './config';
import { openFloor } from './floor';
import { stderrLog } from './log';

const USAGE = `Usage: node out/practice/cli.js --config FILE [options]
  --config FILE     JSON with the platforms' secrets; "-" reads it from standard input
  --relay URL       where webhooks go, such as http://127.0.0.1:4780
  --port N          port to listen on (0 picks a free one)
  --seed N          the same seed plays the same run
  --time-scale X    1 is real time, 0.01 a hundredth
  --script NAME     floor (a stream of callers) or silent (only on command)
`;

async function readConfig(file: string): Promise<unknown> {
  if (file !== '-') return JSON.parse(await readFile(file, 'utf8'));
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Uint8Array));
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

/** What stands on the command line goes before what stands in the file. No option carries a secret. */
function withOptions(
  raw: unknown,
  options: Partial<Record<'relay' | 'port' | 'seed' | 'time-scale' | 'script', string | undefined>>,
): unknown {
  if (typeof raw !== 'object' || raw === null) return raw;
  const listen = 'listen' in raw && typeof raw.listen === 'object' ? raw.listen : {};
  return {
    ...raw,
    ...(options.port === undefined ? {} : { listen: { ...listen, port: Number(options.port) } }),
    ...(options.relay === undefined ? {} : { relay: options.relay }),
    ...(options.seed === undefined ? {} : { seed: Number(options.seed) }),
    ...(options['time-scale'] === undefined ? {} : { time_scale: Number(options['time-scale']) }),
    ...(options.script === undefined ? {} : { script: options.script }),
  };
}

async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: {
      config: text,
      relay: text,
      port: text,
      seed: text,
      'time-scale': text,
      script: text,
      help: { type: 'boolean' },
    },
  });
  const { help, config: file, ...options } = values;
  if (help === true || file === undefined) {
    process.stderr.write(USAGE);
    process.exitCode = help === true ? 0 : 2;
    return;
  }
  const config = parseConfig(withOptions(await readConfig(file), options));
  const log = stderrLog();
  const floor = await openFloor(config, { clock: systemClock(config.time_scale), fetch: globalThis.fetch, log });
  process.stdout.write(`${JSON.stringify({ ready: true, url: floor.url })}\n`);

  const stop = () => {
    floor.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error('The floor did not close cleanly.', error);
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

main().catch((error: unknown) => {
  stderrLog().error('The practice floor could not start.', error);
  process.exitCode = 1;
});
