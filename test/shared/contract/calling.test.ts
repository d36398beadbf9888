/** What the REST API takes and gives around calling: strict towards requests, and without ways around do-not-call. */
import { describe, expect, it } from 'vitest';
import {
  consentsAnswerSchema,
  consentsQuerySchema,
  consentsRecordedSchema,
  newConsentsSchema,
  revokeConsentSchema,
} from '../../../src/shared/contract/consents';
import {
  chooseCrmRecordSchema,
  crmDeliveriesAnswerSchema,
  crmDeliveriesQuerySchema,
  dismissCrmSchema,
} from '../../../src/shared/contract/crm';
import {
  correctDncSchema,
  dncAnswerListSchema,
  dncListImportedSchema,
  dncListsAnswerSchema,
  dncQuerySchema,
  importDncListSchema,
  newDncSchema,
} from '../../../src/shared/contract/dnc';
import { callReceiptSchema } from '../../../src/shared/contract/receipts';
import { startCallSchema } from '../../../src/shared/contract/rest';

const PHONE = '+919876500001';
const consent = {
  phone: PHONE,
  kinds: ['ai_voice'],
  purposes: ['sales'],
  written: true,
  given_at: '2026-03-01T10:00:00+05:30',
  source: 'web form 7',
};

describe('requests', () => {
  it.each([
    [
      'a call with its purpose',
      startCallSchema,
      { phone: PHONE, purpose: 'sales', kind: 'ai_voice', lead: 'l1', list: 'march' },
    ],
    ['an override with its reason', startCallSchema, { phone: PHONE, override: { reason: 'asked for by mail' } }],
    ['a confirmed second attempt', startCallSchema, { phone: PHONE, confirm_unclear: true }],
    ['a consent', newConsentsSchema, { consents: [consent] }],
    ['a withdrawal', revokeConsentSchema, { reason: 'said so on the phone' }],
    ['a stop of one seller', newDncSchema, { phone: PHONE, scope: 'seller', seller: 'Acme', channel: 'post' }],
    ['a correction', correctDncSchema, { reason: 'another number was meant' }],
    ['a register', importDncListSchema, { date: '2026-11-20', country: 'US' }],
    ['a choice among records', chooseCrmRecordSchema, { record: 'contacts:512' }],
    ['a clearing', dismissCrmSchema, { state: 'ambiguous' }],
    ['a page of deliveries', crmDeliveriesQuerySchema, { state: 'parked', limit: '10' }],
    ['a page of consents', consentsQuerySchema, { phone: PHONE, offset: '50' }],
    ['a page of the own list', dncQuerySchema, {}],
  ])('take %s', (_name, schema, body) => {
    expect(schema.safeParse(body).error).toBeUndefined();
  });

  it.each([
    ['an override without a reason', startCallSchema, { phone: PHONE, override: { reason: ' ' } }],
    ['an override in somebody’s name', startCallSchema, { phone: PHONE, override: { reason: 'urgent', by: 'sup' } }],
    ['a misspelt key', startCallSchema, { phone: PHONE, purpse: 'sales' }],
    ['a consent without a source', newConsentsSchema, { consents: [{ ...consent, source: ' ' }] }],
    ['a consent to nothing', newConsentsSchema, { consents: [{ ...consent, purposes: [] }] }],
    [
      'a campaign that the scope does not speak of',
      newDncSchema,
      { phone: PHONE, scope: 'all', campaign: 'c1', channel: 'call' },
    ],
    ['a correction without a reason', correctDncSchema, { reason: '  ' }],
    ['a register without its date', importDncListSchema, {}],
    ['clearing what is under way', dismissCrmSchema, { state: 'waiting' }],
    ['a page without end', dncQuerySchema, { limit: '100000' }],
  ])('refuse %s', (_name, schema, body) => {
    expect(schema.safeParse(body).success).toBe(false);
  });
});

describe('answers', () => {
  const at = '2026-03-01T04:30:00.000Z';
  const page = { total: 1, limit: 50, offset: 0 };

  it.each([
    [
      'a receipt of a person who was forgotten',
      callReceiptSchema,
      { id: 'r1', state: 'made', at, agent: 'asha', platform: 'vinfer', phone_hash: 'ab', confirmed_unclear: false },
    ],
    ['consents', consentsAnswerSchema, { data: [], ...page }],
    ['how many consents were new', consentsRecordedSchema, { recorded: 3, repeated: 1 }],
    [
      'an entry without its number',
      dncAnswerListSchema,
      {
        data: [
          {
            id: 'd1',
            scope: 'automated',
            channel: 'call',
            origin: 'ai',
            requested_at: at,
            recorded_at: at,
            platforms: [],
          },
        ],
        ...page,
      },
    ],
    ['lists that nobody imported', dncListsAnswerSchema, { data: [], missing: ['us.national'] }],
    ['an import', dncListImportedSchema, { list: 'us.national', date: at, numbers: 2, refused: 1, refused_lines: [1] }],
    ['deliveries', crmDeliveriesAnswerSchema, { data: [], ...page }],
  ])('hold %s', (_name, schema, body) => {
    expect(schema.safeParse(body).error).toBeUndefined();
  });
});
