import { expect, test } from '@playwright/test';
import { DeskApp } from '../support/desk-app';
import { escalation } from '../support/escalation';
import { hangNotificationService, newestNotification, notificationsAfter } from '../support/notification-service';
import { until } from '../support/poll';
import { AGENT_NUMBER, RelayProcess } from '../support/relay-process';

let relay: RelayProcess;
let token: string;
let before: number;

test.beforeEach(async () => {
  before = newestNotification();
  relay = await RelayProcess.start();
  token = await relay.addAgent('asha', { name: 'Asha Rao', numbers: [AGENT_NUMBER] });
});

test.afterEach(async () => {
  await relay.stop();
});

test('an escalation raises a notification of the desktop beside the pop', async () => {
  const desk = await DeskApp.join(relay, token);
  try {
    await relay.post(escalation().body);
    await until('the notification', () =>
      notificationsAfter(before).some(({ title, body }) => `${title} ${body}`.includes('Amit Patel')),
    );
  } finally {
    await desk.close();
  }
});

test('in privacy mode the notification names nobody', async () => {
  const desk = await DeskApp.join(relay, token, { privacy: true });
  try {
    await relay.post(escalation().body);
    await until('a notification', () => notificationsAfter(before).length > 0);
    const words = JSON.stringify(notificationsAfter(before));
    expect(words).not.toContain('Amit');
    expect(words).not.toContain('56789');
    expect(words).not.toContain('disputed');
  } finally {
    await desk.close();
  }
});

test('a hung notification service stalls neither the pop nor the main process', async () => {
  const desk = await DeskApp.join(relay, token);
  const wake = hangNotificationService();
  try {
    await desk.inMain(() => {
      const holder = globalThis as { longestStall?: number };
      holder.longestStall = 0;
      let last = performance.now();
      setInterval(() => {
        const now = performance.now();
        holder.longestStall = Math.max(holder.longestStall ?? 0, now - last - 10);
        last = now;
      }, 10);
    });
    for (let n = 0; n < 3; n += 1) {
      const { body, call } = escalation({ id: `hung${n}` });
      await relay.post(body);
      await until('the pop to be painted', () =>
        desk.trace().some((mark) => mark.mark === 'pop.painted' && mark.call === call),
      );
    }
    const stall = await desk.inMain(() => (globalThis as { longestStall?: number }).longestStall);
    // A blocked call would stall for the D-Bus time-out, 25 s and more; a busy machine stalls for a few frames.
    expect(stall).toBeLessThan(1_000);
  } finally {
    wake();
    await desk.close();
  }
});
