import { expect, test } from 'vitest';
import {
  blankCampaign,
  faultsOf,
  formOf,
  type TypedCampaign,
} from '../../../src/renderer/workspace/campaigns/typed-campaign';

const typed = (more: Partial<TypedCampaign>): TypedCampaign => ({
  ...{ ...blankCampaign('vinfer'), name: ' Diwali ', zone: 'Asia/Kolkata' },
  ...more,
});

test('a wall time in a zone becomes an instant, and what was left empty is left out', () => {
  expect(formOf(typed({ start: { date: '2026-11-28', time: '09:00' } }))).toEqual({
    ...{ platform: 'vinfer', name: 'Diwali', purpose: 'service', max_attempts: 3, retry_minutes: 240 },
    schedule: { zone: 'Asia/Kolkata', start: '2026-11-28T03:30:00.000Z' },
  });
});

test.each<[string, Partial<TypedCampaign>, keyof ReturnType<typeof faultsOf>]>([
  ['a campaign without a name', { name: ' ' }, 'name'],
  ['a date without a time', { start: { date: '2026-11-28', time: '' } }, 'schedule'],
  ['a zone that nobody knows', { zone: 'Asia/Nowhere' }, 'schedule'],
  ['a time that clocks skip', { zone: 'Europe/Berlin', start: { date: '2026-03-29', time: '02:30' } }, 'schedule'],
  [
    'an end before the start',
    { start: { date: '2026-11-28', time: '09:00' }, end: { date: '2026-11-28', time: '08:00' } },
    'end',
  ],
  ['a language that is none', { language: 'Hindi!' }, 'language'],
  ['no whole minutes between attempts', { retry: '1.5' }, 'retry'],
])('%s is not sent', (_, more, fault) => {
  expect(faultsOf(typed(more))[fault]).toBe(true);
  expect(formOf(typed(more))).toBeNull();
});

test('of a time that comes twice, the first is meant', () => {
  const { schedule } = formOf(typed({ zone: 'Europe/Berlin', start: { date: '2026-10-25', time: '02:30' } })) ?? {};
  expect(schedule?.start).toBe('2026-10-25T00:30:00.000Z');
});
