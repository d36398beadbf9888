/** How fast leads are imported, and whether webhooks go on being acknowledged meanwhile. */
import { openLoop } from '../../support/chaos/open-loop';
import { ms, spreadOf } from '../../support/chaos/stats';
import { QUEUE_NUMBER, webhookBody, webhookRequest } from '../../support/chaos/webhook';
import { WebhookPool } from '../../support/chaos/webhook-pool';
import { judged, row, type Row } from '../measure';
import { leadsFile } from './file';
import type { Floor } from './floor';

const AIM_ROWS_PER_SECOND = 20_000;
const WEBHOOKS_PER_SECOND = 50;
const AIM_ACK_MS = 100;
/** Webhooks are sent in stretches of so many seconds until the import has ended. */
const STRETCH_S = 1;

/** Webhooks at a steady rate until told to stop. */
function webhooksBeside(port: number) {
  const pool = new WebhookPool({ port, connections: 8 });
  const latencies: number[] = [];
  let [posted, accepted, stopped] = [0, 0, false];
  const request = (sentAt: number) =>
    webhookRequest(webhookBody({ id: `beside_${posted++}`, to: QUEUE_NUMBER, sentAt }));
  const work = async () => {
    while (!stopped) {
      const send = (_: number, due: number) => pool.post(request(due));
      const result = await openLoop({ rate: WEBHOOKS_PER_SECOND, seconds: STRETCH_S, send });
      accepted += result.outcomes['200'] ?? 0;
      latencies.push(...result.latencies);
    }
    pool.close();
  };
  const working = work();
  return async () => {
    stopped = true;
    await working;
    return { posted, accepted, ack: spreadOf(latencies) };
  };
}

/** Imports `rows` leads into a list of their own beside webhooks. */
export async function importBesideWebhooks(floor: Floor, list: string, rows: number) {
  const stop = webhooksBeside(floor.host.port);
  const cpuBefore = floor.host.cpuSeconds();
  const { job, upload, check, bring } = await floor.import(list, leadsFile(0, rows));
  const cpu = floor.host.cpuSeconds() - cpuBefore;
  const { posted, accepted, ack } = await stop();
  const rate = rows / (upload + check + bring);
  const parts = [upload, check, bring].map((seconds) => seconds.toFixed(1)).join(' + ');
  const imported = job.report?.imported ?? 0;
  const results: Row[] = [
    row({
      ...{ what: `import of ${rows} rows, upload + dry run + import`, server: 'relay' },
      value: `${Math.round(rate)} rows/s (${parts} s), ${Math.round((cpu * 1e6) / rows)} µs CPU each`,
      aim: judged(`≥ ${AIM_ROWS_PER_SECOND} rows/s`, rate >= AIM_ROWS_PER_SECOND),
      raw: { rows, upload, check, bring, rate, cpu },
    }),
    row({
      ...{ what: `webhooks beside it, ${WEBHOOKS_PER_SECOND}/s`, server: 'relay' },
      value: `${accepted} of ${posted}, p50 ${ms(ack.p50)}, p99 ${ms(ack.p99)}, most ${ms(ack.max)}`,
      aim: judged(`p99 ≤ ${AIM_ACK_MS} ms`, accepted === posted && ack.p99 <= AIM_ACK_MS),
      raw: { posted, accepted, ack },
    }),
  ];
  const problems = [
    ...(imported === rows ? [] : [`${rows} rows, ${imported} leads: ${JSON.stringify(job.report?.by_reason)}`]),
    ...(accepted === posted ? [] : [`${posted - accepted} webhooks beside the import were not acknowledged`]),
  ];
  return { rows: results, problems };
}

/** The further lists of a floor, without webhooks beside them. */
export async function fill(floor: Floor, from: number, to: number, lists: number): Promise<Row[]> {
  const each = Math.ceil((to - from) / lists);
  const [started, cpuBefore] = [performance.now(), floor.host.cpuSeconds()];
  for (let at = from; at < to; at += each) {
    process.stderr.write(`leads ${at} to ${Math.min(to, at + each)} …\n`);
    await floor.import(`from-${at}`, leadsFile(at, Math.min(each, to - at)));
  }
  const seconds = (performance.now() - started) / 1000;
  if (to <= from) return [];
  const cpu = Math.round(((floor.host.cpuSeconds() - cpuBefore) * 1e6) / (to - from));
  return [
    row({
      ...{ what: `import of ${to - from} rows in ${lists} files`, server: 'relay' },
      ...{
        value: `${Math.round((to - from) / seconds)} rows/s (${seconds.toFixed(0)} s), ${cpu} µs CPU each`,
        aim: '',
      },
      raw: { rows: to - from, seconds, cpu },
    }),
  ];
}
