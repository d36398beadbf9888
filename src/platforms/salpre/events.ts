/** Salpre's events in ours. Each answers with the event, or with the reason why there is none. */
import { createHash } from 'node:crypto';
import type { DecodedEvent } from '../platform';
import { compact, extras } from '../lib/decoding';
import { speakerOf, turnsFromList, turnsFromText } from '../lib/turns';
import type { Opened } from './body';

export function progressed(type: 'call.started' | 'call.ringing' | 'call.answered', opened: Opened): DecodedEvent {
  const data = { ...extras(type, opened.payload, opened.call, opened.body), ...compact(opened.parties) };
  return { ...opened.envelope, subject: opened.subject, type, data };
}

/**
 * Which utterance a partial transcript belongs to. Salpre names none. Where `payload.timestamp_utc` is a time, speaker
 * and that time identify it, and a longer version replaces a shorter one. Their own example has "111111" there; then
 * speaker, second and the words are the key: a phrase shown twice is better than one that overwrote another, and the
 * complete transcript of `call_ended` supersedes them all.
 */
function utteranceKey(speaker: string, at: string | undefined, sent: string | undefined, words: string): string {
  if (at !== undefined) return `${speaker}@${at}`;
  return `${speaker}@${sent ?? ''}#${createHash('sha256').update(words).digest('hex').slice(0, 16)}`;
}

export function said(opened: Opened): DecodedEvent | string {
  const { payload, call, body, envelope, subject } = opened;
  const speaker = speakerOf(payload.text('type'));
  const text = payload.text('transcript', 'message');
  if (speaker === undefined) return 'no type that speaks';
  if (text === undefined) return 'no transcript';
  const at = payload.instant('timestamp_utc', 'utc_timestamp', 'timestamp');
  const data = {
    ...extras('call.turn', payload, call, body),
    ...compact({ ...opened.parties, at }),
    ...{ speaker, text, key: utteranceKey(speaker, at, envelope.time, text) },
    partial: payload.flag('is_final', 'final') !== true,
  };
  return { ...envelope, subject, type: 'call.turn', data };
}

export function ended(opened: Opened): DecodedEvent {
  const { payload, call, body, text } = opened;
  const words = payload.text('transcript');
  const turns = turnsFromList(payload.list('transcript')) ?? turnsFromText(words);
  const named = {
    ...opened.parties,
    turns,
    ...(turns === undefined ? { transcript: words } : {}),
    reason: text('reason', 'end_reason'),
    duration_seconds: payload.duration('duration_seconds', 'duration_sec') ?? call.duration('duration_sec'),
    recording_url: text('recording_url'),
    summary: text('summary'),
  };
  const data = { ...extras('call.ended', payload, call, body), ...compact(named) };
  return { ...opened.envelope, subject: opened.subject, type: 'call.ended', data };
}

export function failed(opened: Opened): DecodedEvent {
  const message = opened.text('error_message', 'message') ?? '';
  const data = {
    ...extras('call.failed', opened.payload, opened.call, opened.body),
    ...compact(opened.parties),
    message,
  };
  return { ...opened.envelope, subject: opened.subject, type: 'call.failed', data };
}
