/** Infer's events in ours. Each answers with the event, or with the reason why there is none. */
import { createHash } from 'node:crypto';
import type { DecodedEvent } from '../platform';
import { compact, extras } from '../lib/decoding';
import { Fields } from '../lib/fields';
import { speakerOf, turnsFromList, turnsFromText } from '../lib/turns';
import type { Opened } from './body';

/**
 * Which utterance this is. Infer names none; a message has the time it began (`time`, ms) or its place in the call
 * (`secondsFromStart`), and a corrected version of it keeps them. Without either, the words themselves are the key.
 */
function utteranceKey(opened: Opened, speaker: string, text: string, time: string | undefined): string {
  const seconds = opened.duration('secondsFromStart');
  if (time !== undefined) return `${speaker}@${time}`;
  if (seconds !== undefined) return `${speaker}+${seconds}`;
  const words = createHash('sha256').update(text).digest('hex').slice(0, 16);
  return `${speaker}@${opened.envelope.time ?? ''}#${words}`;
}

export function turn(opened: Opened): DecodedEvent | string {
  const { subject, body, metadata } = opened;
  const speaker = speakerOf(opened.text('role'));
  const text = opened.text('message');
  if (speaker === undefined) return 'no role that speaks';
  if (text === undefined) return 'no message';
  const at = opened.instant('time');
  const key = utteranceKey(opened, speaker, text, at);
  const secondsFromStart = opened.duration('secondsFromStart');
  const data = {
    ...extras('call.turn', metadata, body),
    ...compact({ at, secondsFromStart }),
    ...{ speaker, text, key, partial: false },
  };
  return { ...opened.envelope, subject, type: 'call.turn', data };
}

export function escalated(opened: Opened): DecodedEvent {
  const { subject, body, metadata, text } = opened;
  const words = ['warm', 'cold'] as const;
  const transfer = metadata.oneOf(words, 'transfer_type') ?? body.oneOf(words, 'transfer_type') ?? 'unknown';
  const named = {
    to: text('transferred_to'),
    label: text('label'),
    trigger: text('trigger', 'reason'),
    // Not documented: the desk expects none from Infer, but would not hide one.
    summary: text('summary'),
    from: text('from'),
    language: text('language'),
  };
  const data = { ...extras('call.escalated', metadata, body), ...compact(named), transfer } as const;
  return { ...opened.envelope, subject, type: 'call.escalated', data };
}

/** The documents name a function, its arguments and a response, not their keys: every usual spelling is read. */
export function toolCalled(opened: Opened): DecodedEvent | string {
  const { subject, body, metadata } = opened;
  const inner = new Fields(opened.any('function', 'tool', 'tool_call', 'toolCall'));
  const name =
    opened.text('function_name', 'functionName', 'tool_name', 'toolName', 'name', 'function', 'tool') ??
    inner.text('name', 'function_name');
  if (name === undefined || name === '') return 'no function name';
  const given = ['arguments', 'args', 'parameters', 'params', 'input'];
  const came = ['response', 'result', 'output'];
  const named = {
    arguments: opened.any(...given) ?? inner.any(...given),
    result: opened.any(...came) ?? inner.any(...came),
  };
  const data = { ...extras('call.tool', metadata, body, inner), ...compact(named), name };
  return { ...opened.envelope, subject, type: 'call.tool', data };
}

export function interrupted(opened: Opened): DecodedEvent {
  const named = {
    text: opened.text('interruption_text'),
    at: opened.instant('interruption_timestamp'),
  };
  const data = { ...extras('call.interrupted', opened.metadata, opened.body), ...compact(named) };
  return { ...opened.envelope, subject: opened.subject, type: 'call.interrupted', data };
}

export function stalled(opened: Opened): DecodedEvent {
  const named = { seconds: opened.duration('triggeredAfterSeconds'), message: opened.text('message') };
  const data = { ...extras('call.stalled', opened.metadata, opened.body), ...compact(named) };
  return { ...opened.envelope, subject: opened.subject, type: 'call.stalled', data };
}

/** "Payload includes who ended the call — the agent or the user", under a key that is not named. */
export function ended(opened: Opened): DecodedEvent {
  const named = {
    reason: opened.text('ended_by', 'endedBy', 'who_ended', 'by', 'endedReason', 'ended_reason', 'reason', 'role'),
    from: opened.text('from'),
    to: opened.text('to'),
  };
  const data = { ...extras('call.ended', opened.metadata, opened.body), ...compact(named) };
  return { ...opened.envelope, subject: opened.subject, type: 'call.ended', data };
}

function secondsOf(opened: Opened): number | undefined {
  const seconds = opened.duration('durationSeconds', 'duration_seconds');
  if (seconds !== undefined) return seconds;
  const ms = opened.duration('durationMs');
  if (ms !== undefined) return ms / 1000;
  const minutes = opened.duration('durationMinutes');
  return minutes === undefined ? undefined : minutes * 60;
}

/** The end-of-call report: everything that was said, without the system prompt. */
export function reported(opened: Opened): DecodedEvent {
  const turns = turnsFromList(opened.list('messages'));
  const transcript = opened.text('transcript');
  const conversation = turns !== undefined && turns.length > 0 ? turns : turnsFromText(transcript);
  const named = {
    reason: opened.text('endedReason', 'ended_reason'),
    duration_seconds: secondsOf(opened),
    recording_url: opened.text('recordingUrl', 'recording_url'),
    summary: opened.text('summary'),
    from: opened.text('from'),
    to: opened.text('to'),
    turns: conversation,
    ...(conversation === undefined ? { transcript } : {}),
  };
  const data = { ...extras('call.ended', opened.metadata, opened.body), ...compact(named) };
  return { ...opened.envelope, subject: opened.subject, type: 'call.ended', data };
}
