/** docs/protocol.md against the schemas: every golden frame parses as what it claims to be, and none is missing. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { callbacksFrameSchema } from '../../../src/shared/contract/callbacks';
import {
  callFrameSchema,
  DESK_CLOSE,
  deskCommandSchema,
  deskErrorCodeSchema,
  errorReplySchema,
  eventFrameSchema,
  goneFrameSchema,
  helloReplySchema,
  relayFrameSchema,
} from '../../../src/shared/contract/desk-protocol';

const text = readFileSync(path.resolve(import.meta.dirname, '../../../docs/protocol.md'), 'utf8');

const golden = [...text.matchAll(/<!-- golden: (client|relay) ([\w-]+) -->\s+```json\n([\s\S]*?)```/g)].map(
  ([, side = '', name = '', json = '']) => ({ side, name, frame: JSON.parse(json) as unknown }),
);

const relaySchemas = {
  'hello-reply': helloReplySchema,
  'ok-reply': relayFrameSchema,
  'claim-reply': relayFrameSchema,
  'error-reply': errorReplySchema,
  event: eventFrameSchema,
  call: callFrameSchema,
  gone: goneFrameSchema,
  callbacks: callbacksFrameSchema,
};

describe('docs/protocol.md', () => {
  test.each(golden.filter(({ side }) => side === 'client'))('shows a valid $name command, whole', ({ name, frame }) => {
    expect(frame).toMatchObject({ type: name });
    expect(deskCommandSchema.parse(frame)).toEqual(frame);
  });

  test.each(golden.filter(({ side }) => side === 'relay'))('shows a valid $name frame, whole', ({ name, frame }) => {
    const schema = relaySchemas[name as keyof typeof relaySchemas];
    expect(schema.parse(frame)).toEqual(frame);
  });

  test('shows every command and every frame', () => {
    const commands = deskCommandSchema.options.map((option) => option.shape.type.value);
    const shown = (side: string) => golden.filter((one) => one.side === side).map(({ name }) => name);
    expect(shown('client').sort()).toEqual([...commands].sort());
    expect(shown('relay').sort()).toEqual(Object.keys(relaySchemas).sort());
  });

  test('lists every error code and close code', () => {
    for (const code of deskErrorCodeSchema.options) expect(text).toMatch(new RegExp(`^\\| \`${code}\` +\\|`, 'm'));
    for (const { code } of Object.values(DESK_CLOSE)) expect(text).toMatch(new RegExp(`^\\| ${code} +\\|`, 'm'));
  });
});
