/** Dialling: leads, callbacks, campaigns, lists. */
import { randomUUID } from 'node:crypto';
import { powerMonitor } from 'electron';
import { callbackReminders } from '../callbacks/notify';
import { callView } from '../calls/call-view';
import { hindranceOf } from '../dialer/preview-timer';
import { Dialling } from '../dialling/dialling';
import { fileDialogs } from '../dialling/file-dialogs';
import { phoneView } from '../phones/phone-view';
import { realScheduler as scheduler } from '../timing/scheduler';
import { wordsFor } from '../words/words';
import { languageNow } from './language';
import { viewOf } from './model';
import { openPage } from './navigate';
import type { Parts } from './parts';

export function wireDialling(parts: Parts): void {
  const { log } = parts.observed;
  parts.dialling = new Dialling({
    fetch: globalThis.fetch,
    link: () => parts.connection.rest,
    scheduler,
    newId: randomUUID,
    journal: parts.keeping.journal,
    local: (instant) => parts.desk.clock.local(instant),
    relayTime: (local) => local + parts.desk.clock.now() - scheduler.now(),
    phone: phoneView,
    label: (platform) => parts.desk.traits(platform)?.label ?? platform,
    me: () => parts.desk.me?.id,
    owner: () => parts.connection.signedInAs,
    call: (id) => parts.desk.book.get(id),
    calls: () => parts.desk.book.all(),
    view: (call, turns) => callView(call, viewOf(parts), turns),
    history: (phone) => parts.desk.histories.of(phone),
    wantHistory: (phone) => parts.desk.histories.want(phone),
    wrapUp: (call) => parts.keeping.wrapUp(call),
    blocked: (phone) => parts.keeping.blocked(phone),
    idleSeconds: () => powerMonitor.getSystemIdleTime(),
    goesOn: () => parts.desk.state.value === 'available' || parts.desk.state.value === 'busy',
    hindrance: () => hindranceOf(parts.connection.view.state === 'live', parts.desk.state.value, parts.desk.claims.any),
    stopWork: () => {
      // An outcome, never a rejection; the new state shows in the views.
      if (!parts.keeping.choose('break')) void parts.desk.setState('break');
    },
    ...fileDialogs(),
    ...callbackReminders({
      platform: parts.environment.platform,
      words: () => wordsFor(languageNow(parts)),
      isPrivate: () => parts.settings.get().privacy,
      enabled: () => parts.settings.get().notifications.enabled,
      flash: () => parts.windows.flash(true),
      open: () => openPage(parts, 'callbacks'),
      failed: (cause) => log.error('reminder.failed', cause),
    }),
    showDialer: () => openPage(parts, 'dialer'),
    send: (channel, data) => parts.windows.send('workspace', channel, data),
    callbacksChanged: () => parts.published.refresh('desk'),
    // Who can have them looked at is told; agents read it beside each verdict.
    packsOverdue: (packs) => {
      parts.notices.clear('packs_overdue');
      if (packs.length > 0 && parts.desk.me?.role !== 'agent') parts.notices.add('packs_overdue', packs.join(', '));
    },
    failed: log.error,
  });
  parts.dialling.start();
}
