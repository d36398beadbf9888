/** What arrives on the socket, parsed. A newer relay may say things this desk does not know: those are told apart from garbage. */
import { z } from 'zod';
import { callbacksFrameSchema } from '../../shared/contract/callbacks';
import {
  callFrameSchema,
  errorReplySchema,
  eventFrameSchema,
  goneFrameSchema,
  helloReplySchema,
} from '../../shared/contract/desk-protocol';

const okReplySchema = z.object({
  type: z.literal('reply'),
  re: z.int().positive(),
  ok: z.literal(true),
  lease_s: z.number().optional(),
});

/** The numbers of an event frame whose event this desk does not understand: they still move the position. */
const unknownEventSchema = z.object({
  type: z.literal('event'),
  offset: z.int().nonnegative(),
  prev: z.int().nonnegative(),
});

export type Frame =
  | { kind: 'event'; frame: z.infer<typeof eventFrameSchema> }
  | { kind: 'unknown_event'; frame: z.infer<typeof unknownEventSchema> }
  | { kind: 'call'; frame: z.infer<typeof callFrameSchema> }
  | { kind: 'gone'; frame: z.infer<typeof goneFrameSchema> }
  | { kind: 'callbacks' }
  | { kind: 'hello'; frame: z.infer<typeof helloReplySchema> }
  | { kind: 'ok'; frame: z.infer<typeof okReplySchema> }
  | { kind: 'refused'; frame: z.infer<typeof errorReplySchema> }
  /** JSON of a type this desk does not know. */
  | { kind: 'unknown' }
  | { kind: 'garbage' };

/** Largest frame read, bytes. A snapshot of every open call with its turns fits; more is not a relay. */
export const MAX_FRAME_BYTES = 64 * 1024 * 1024;

const typed = z.looseObject({ type: z.string() });

function reply(value: unknown): Frame {
  const hello = helloReplySchema.safeParse(value);
  if (hello.success) return { kind: 'hello', frame: hello.data };
  const refused = errorReplySchema.safeParse(value);
  if (refused.success) return { kind: 'refused', frame: refused.data };
  const ok = okReplySchema.safeParse(value);
  return ok.success ? { kind: 'ok', frame: ok.data } : { kind: 'garbage' };
}

function event(value: unknown): Frame {
  const known = eventFrameSchema.safeParse(value);
  if (known.success) return { kind: 'event', frame: known.data };
  const numbers = unknownEventSchema.safeParse(value);
  return numbers.success ? { kind: 'unknown_event', frame: numbers.data } : { kind: 'garbage' };
}

export function parseFrame(text: string): Frame {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'garbage' };
  }
  const type = typed.safeParse(value);
  if (!type.success) return { kind: 'garbage' };
  switch (type.data.type) {
    case 'event':
      return event(value);
    case 'reply':
      return reply(value);
    case 'call': {
      const parsed = callFrameSchema.safeParse(value);
      return parsed.success ? { kind: 'call', frame: parsed.data } : { kind: 'garbage' };
    }
    case 'gone': {
      const parsed = goneFrameSchema.safeParse(value);
      return parsed.success ? { kind: 'gone', frame: parsed.data } : { kind: 'garbage' };
    }
    case 'callbacks':
      return { kind: callbacksFrameSchema.safeParse(value).success ? 'callbacks' : 'garbage' };
    default:
      return { kind: 'unknown' };
  }
}
