/**
 * Where the desk's relay is: on another machine (team), or started here (solo, and practice with the floor beside it).
 * Announces an address with a token whenever there is a new one, or why there is none.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fromPracticeSchema, fromRelaySchema } from '../../shared/contract/processes';
import type { FromPractice, FromRelay, ToRelay } from '../../shared/contract/processes';
import type { Scheduler } from '../timing/scheduler';
import type { Fork } from './child';
import { PRACTICE_NUMBER, SOLE_AGENT, floorConfig, makePracticeSecrets, practiceRelayConfig } from './configs';
import { Supervised } from './supervised';

/** `relays`: `ws(s)://` or `http(s)://` addresses, tried in order. */
export type RelayLink =
  | { ok: true; relays: string[]; token: string }
  | { ok: false; reason: 'token_missing' | 'not_configured' | 'relay_failed'; message?: string };

export interface Backend {
  start: () => void;
  stop: () => Promise<void>;
  /** Practice only: lets a caller escalate now. */
  escalate?: () => void;
}

export interface BackendOptions {
  profile: string;
  scheduler: Scheduler;
  forkRelay: Fork;
  forkFloor: Fork;
  announce: (link: RelayLink) => void;
  /** Practice only: the relay is up, and whose token it takes. */
  practising: (link: { relay: string; token: string }) => void;
  /** The floor sent a webhook. */
  sent: (message: Extract<FromPractice, { type: 'sent' }>) => void;
  log: (what: string, details?: Record<string, number | string>) => void;
}

/** Nothing to start: address and token are known, or not. */
export function teamBackend(link: RelayLink, announce: (link: RelayLink) => void): Backend {
  return {
    start: () => {
      announce(link);
    },
    stop: () => Promise.resolve(),
  };
}

interface RelayHooks {
  agent: Extract<ToRelay, { type: 'start' }>['agent'];
  config: () => Record<string, unknown>;
  ready: (url: string, token: string) => void;
}

function superviseRelay(options: BackendOptions, { agent, config, ready }: RelayHooks) {
  const { scheduler, log, announce } = options;
  const relay = new Supervised<FromRelay>({
    fork: options.forkRelay,
    messages: fromRelaySchema,
    scheduler,
    log,
    start: () => ({ type: 'start', config: config(), agent }),
    onMessage: (message) => {
      if (message.type === 'failed') {
        announce({ ok: false, reason: 'relay_failed', message: message.message });
        relay.restart();
        return;
      }
      ready(message.url, message.token);
      announce({ ok: true, relays: [message.url], token: message.token });
    },
    // The desk sees the closed socket by itself; the next ready message brings the new address.
    onDown: () => undefined,
  });
  return relay;
}

/** An embedded relay for real platforms. */
export function soloBackend(options: BackendOptions, config: Record<string, unknown>): Backend {
  mkdirSync(path.join(options.profile, 'solo'), { recursive: true });
  const agent = { ...SOLE_AGENT, numbers: [], role: 'admin' as const };
  const relay = superviseRelay(options, { agent, config: () => config, ready: () => undefined });
  return {
    start: () => {
      relay.start();
    },
    stop: () => relay.stop(),
  };
}

/** The floor first, because the relay needs its address; then the relay; then the floor is told where the relay is. */
export function practiceBackend(options: BackendOptions): Backend {
  mkdirSync(path.join(options.profile, 'practice'), { recursive: true });
  const secrets = makePracticeSecrets();
  let floorUrl = '';
  let relayUrl: string | undefined;
  let relayRuns = false;
  const portOf = (url: string | undefined) => (url === undefined || url === '' ? 0 : Number(new URL(url).port));

  const relay = superviseRelay(options, {
    // Whoever practises sees a supervisor's pages, too.
    agent: { ...SOLE_AGENT, numbers: [PRACTICE_NUMBER], role: 'supervisor' },
    // Back on the port it had, so that a restart is an outage and not a move.
    config: () => practiceRelayConfig(options.profile, secrets, floorUrl, portOf(relayUrl)),
    ready: (url, token) => {
      relayUrl = url;
      floor.post({ type: 'relay', url });
      options.practising({ relay: url, token });
    },
  });
  const floor = new Supervised<FromPractice>({
    fork: options.forkFloor,
    messages: fromPracticeSchema,
    scheduler: options.scheduler,
    log: options.log,
    start: () => ({ type: 'start', config: floorConfig(secrets, portOf(floorUrl)) }),
    onMessage: (message) => {
      switch (message.type) {
        case 'ready':
          floorUrl = message.url;
          if (!relayRuns) relay.start();
          else if (relayUrl !== undefined) floor.post({ type: 'relay', url: relayUrl });
          relayRuns = true;
          return;
        case 'sent':
          options.sent(message);
          return;
        case 'failed':
          options.announce({ ok: false, reason: 'relay_failed', message: message.message });
          floor.restart();
      }
    },
    onDown: () => undefined,
  });
  return {
    start: () => {
      floor.start();
    },
    stop: async () => {
      await Promise.all([floor.stop(), relay.stop()]);
    },
    escalate: () => {
      floor.post({ type: 'escalate' });
    },
  };
}
