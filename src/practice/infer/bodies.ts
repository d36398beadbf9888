/** Bodies of Infer's server events. Keys of `tool-call` and `end-call` are not documented: these are this floor's reading. */
import type { Caller, TimedLine } from '../cast/caller';

export interface InferEvent {
  type: string;
  call_id: string;
  timestamp: string;
  metadata: Record<string, unknown>;
}

const utcSeconds = (epochMs: number): string => new Date(epochMs).toISOString().replace(/\.\d{3}Z$/, 'Z');

export interface InferCall {
  id: string;
  caller: Caller;
  /** Epoch ms of the first moment of the conversation. */
  startedAt: number;
}

function event(type: string, call: InferCall, at: number, metadata: Record<string, unknown>): InferEvent {
  return { type, call_id: call.id, timestamp: utcSeconds(at), metadata };
}

export function conversationUpdate(call: InferCall, line: TimedLine, at: number): InferEvent {
  return event('conversation-update', call, at, {
    role: line.who === 'ai' ? 'agent' : 'user',
    message: line.says,
    time: call.startedAt + line.startMs,
    secondsFromStart: line.startMs / 1000,
  });
}

export function toolCall(call: InferCall, tool: NonNullable<Caller['tool']>, at: number): InferEvent {
  return event('tool-call', call, at, {
    function_name: tool.name,
    arguments: tool.arguments,
    response: tool.result,
  });
}

/** "the interruption point and the partial transcript until that moment" */
export function userInterrupted(call: InferCall, cutAt: number, text: string, at: number): InferEvent {
  return event('user-interrupted', call, at, { interruption_timestamp: cutAt, interruption_text: text });
}

export function hangNotification(call: InferCall, seconds: number, at: number): InferEvent {
  return event('hang-notification', call, at, {
    triggeredAfterSeconds: seconds,
    message: 'Agent paused too long after last user message',
  });
}

export interface Transfer {
  type: 'warm' | 'cold';
  /** A number, or an agent of the platform. */
  to: string;
  label?: string;
}

export function transferCall(call: InferCall, transfer: Transfer, at: number): InferEvent {
  return event('transfer-call', call, at, {
    transfer_type: transfer.type,
    transferred_to: transfer.to,
    ...(transfer.label === undefined ? {} : { label: transfer.label }),
  });
}

export function endCall(call: InferCall, endedBy: 'agent' | 'user', at: number): InferEvent {
  return event('end-call', call, at, { ended_by: endedBy });
}

/** The end-of-call report: no `timestamp`, no `metadata`, and a `type` that names the kind of call. */
export function endOfCallReport(
  call: InferCall,
  lines: readonly TimedLine[],
  endedAt: number,
  endedReason: string,
): Record<string, unknown> {
  const durationMs = Math.max(0, endedAt - call.startedAt);
  const heard = lines.length > 0;
  return {
    call_id: call.id,
    type: 'phone_call',
    ...(heard && call.caller.summary !== null ? { summary: call.caller.summary } : {}),
    transcript: lines.map((line) => `${line.who === 'ai' ? 'AI' : 'User'}: ${line.says}\n`).join(''),
    recordingUrl: heard ? `https://recordings.infer.example/${call.id}-mono.wav` : '',
    stereoRecordingUrl: heard ? `https://recordings.infer.example/${call.id}-stereo.wav` : '',
    durationMs,
    durationSeconds: durationMs / 1000,
    durationMinutes: durationMs / 60_000,
    cost: Math.round((durationMs / 60_000) * 9) / 100,
    startedAt: new Date(call.startedAt).toISOString(),
    endedAt: new Date(endedAt).toISOString(),
    endedReason,
    messages: [
      {
        role: 'system',
        message: 'You are a courteous voice agent.',
        time: call.startedAt,
        secondsFromStart: 0,
      },
      ...lines.map((line) => ({
        role: line.who === 'ai' ? 'bot' : 'user',
        message: line.says,
        time: call.startedAt + line.startMs,
        endTime: call.startedAt + line.startMs + line.durationMs,
        secondsFromStart: line.startMs / 1000,
        duration: line.durationMs,
      })),
    ],
  };
}
