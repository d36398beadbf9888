// @vitest-environment jsdom
/** The dialer and its lists as a person meets them: the timer, the limit, what the rules add, what a supervisor sets. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, test } from 'vitest';
import * as dialling from '../../../src/renderer/gallery/dialling';
import type { PageSamples } from '../../../src/renderer/gallery/fake-desk';
import * as lists from '../../../src/renderer/gallery/lists';
import { deskView, NOW } from '../../../src/renderer/gallery/samples';
import en from '../../../src/renderer/i18n/en.json';
import { policyPackSchema } from '../../../src/shared/contract/dialling-policies';
import type { DialerView } from '../../../src/shared/contract/dialer-views';
import type { VerdictView } from '../../../src/shared/contract/dial-views';
import { drawDesk } from '../support/draw';

afterEach(cleanup);

async function open(key: string, pages: PageSamples, role: 'agent' | 'supervisor' = 'agent') {
  const agent = { id: 'asha', name: 'Asha Rao', role, queues: [] };
  const drawn = drawDesk({ ...deskView, agent }, 'en', {}, pages);
  await userEvent.keyboard(`{Alt>}${key}{/Alt}`);
  return drawn;
}
const dialer = (view: DialerView) => open('2', { 'dialer:view': view });

describe('the preview timer', () => {
  test('counts down for the eye, and is told seldom to those who listen', async () => {
    const { clock } = await dialer(dialling.timedLead);
    const timer = screen.getByTestId('preview-timer');
    const said = () => timer.querySelector('[role=status]')?.textContent;
    expect(timer.textContent).toContain('In 0:38 the call starts by itself');
    expect(said()).toBe('In 0:38 the call starts by itself');
    clock.set(NOW + 10_000);
    expect(timer.textContent).toContain('In 0:28 the call starts by itself');
    expect(said()).toBe('In 0:38 the call starts by itself');
    clock.set(NOW + 30_000);
    expect(said()).toBe('In 0:10 the call starts by itself');
    clock.set(NOW + 33_000);
    expect(said()).toBe('In 0:10 the call starts by itself');
  });

  test('is extended by its key', async () => {
    const { sent } = await dialer(dialling.timedLead);
    await userEvent.keyboard('{Alt>}e{/Alt}');
    expect(sent('dialer:extend')).toEqual([{ lead: 'lead_1' }]);
  });

  test.each([
    ['a dialog', 'd'],
    ['a menu', 's'],
  ])('is told when %s comes before the lead, and when it is read again', async (_, key) => {
    const { sent } = await dialer(dialling.timedLead);
    const sights = () => sent('dialer:sight').map((args) => (args as { sight: string }).sight);
    expect(sights()).toEqual(['read']);
    await userEvent.keyboard(`{Alt>}${key}{/Alt}`);
    await waitFor(() => expect(sights()).toEqual(['read', 'dialog']));
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(sights()).toEqual(['read', 'dialog', 'read']));
  });

  test('is told when the page with the lead is left', async () => {
    const { sent } = await dialer(dialling.timedLead);
    await userEvent.keyboard('{Alt>}1{/Alt}');
    expect(sent('dialer:sight').at(-1)).toEqual({ lead: 'lead_1', sight: 'hidden' });
  });

  test('that came to nothing says why', async () => {
    await dialer(dialling.refusedTimer);
    expect(screen.getByTestId('preview-timer').textContent).toContain('A timer may not start this call');
    expect(screen.queryByTestId('timer-extend')).toBeNull();
  });
});

describe('the agent’s calls', () => {
  test('are counted of those that are allowed, and with none left it is said what to do', async () => {
    await dialer(dialling.dialling);
    expect(screen.getByTestId('call-count').textContent).toContain('3 of 3 calls under way');
    expect(screen.getByTestId('call-count').textContent).toContain('until one ends or has its outcome');
  });
});

describe('the verdict', () => {
  const withVerdict = (verdict: VerdictView) => {
    const [first] = dialling.lead.numbers;
    const lead = { ...dialling.lead, numbers: [{ ...first!, verdict }] as const };
    return dialer({
      ...dialling.dialer,
      preview: { state: 'open', lead: { ...lead, numbers: [...lead.numbers] }, lease: { state: 'held' } },
    });
  };
  const blocked: VerdictView = {
    ...{ state: 'blocked', at: NOW, clocks: [], lines: [], overdue: false, temporary: true },
    notices: [
      {
        rule: 'eu.disclosure',
        summary: 'the pack’s words',
        source: { url: 'https://eur-lex.europa.eu', basis: 'primary' },
      },
      { rule: 'ours.greeting', summary: 'Say who calls.', source: { url: 'docs/dialling.md', basis: 'house' } },
    ],
  };

  test('of an outage says that it passes, not that waiting does not help', async () => {
    await withVerdict(blocked);
    expect(screen.getByTestId('verdict').textContent).toContain('asked again by itself');
    expect(screen.getByTestId('verdict').textContent).not.toContain('Waiting alone');
  });

  test('brings what the rules ask to be kept in mind, in the agent’s words or the pack’s, and is no legal advice', async () => {
    await withVerdict(blocked);
    const notices = screen.getByTestId('verdict-notices').textContent;
    expect(notices).toContain('2 things to keep in mind');
    expect(notices).toContain('Say at the first words that an AI is speaking');
    expect(notices).toContain('Say who calls.');
    expect(screen.getByTestId('verdict').textContent).toContain('a help, not legal advice');
  });

  test('has words for every notice of the packs that the relay brings', () => {
    const folder = path.resolve(import.meta.dirname, '../../../resources/policies');
    const packs = readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => policyPackSchema.parse(JSON.parse(readFileSync(path.join(folder, name), 'utf8'))));
    const notices = packs.flatMap(({ rules }) => rules.filter(({ kind }) => kind === 'notice').map(({ id }) => id));
    expect(Object.keys(en.pack_notice).sort()).toEqual(notices.map((id) => id.replace('.', '_')).sort());
  });
});

test('a lead tells its segment among what is known of it', async () => {
  await dialer(dialling.dialer);
  expect(screen.getByText('Segment').parentElement?.textContent).toBe('SegmentGold');
});

describe('what was done with a lead before', () => {
  const at = NOW - 86_400_000;
  const trail = [
    { at, verb: 'skip', agent: 'Asha Rao', reason: 'bad_time' },
    { at: at - 1, verb: 'reject', agent: 'Asha Rao', reason: 'language' },
    { at: at - 2, verb: 'remove', agent: 'Asha Rao', reason: 'wrong_number' },
    { at: at - 3, verb: 'skip', agent: 'Asha Rao', reason: 'customer_on_holiday' },
  ] as const;

  test.each([
    ['en', ['A bad time', 'Another language', 'The wrong number', 'Customer on holiday']],
    ['tr', ['Zamanı uygun değil', 'Başka dil', 'Yanlış numara', 'Customer on holiday']],
    ['hi', ['समय ठीक नहीं', 'दूसरी भाषा', 'ग़लत नंबर', 'Customer on holiday']],
  ] as const)('is told with its reasons in the language of the desk: %s', async (language, words) => {
    const view = { ...dialling.dialer, preview: { ...dialling.dialer.preview } };
    if (view.preview.state !== 'open') throw new Error('the sample has no lead');
    const lead = { ...view.preview.lead, trail: [...trail] };
    const agent = { id: 'asha', name: 'Asha Rao', role: 'agent' as const, queues: [] };
    const pages = { 'dialer:view': { ...view, preview: { ...view.preview, lead } } };
    drawDesk({ ...deskView, agent }, language, {}, pages);
    await userEvent.keyboard('{Alt>}2{/Alt}');
    for (const word of words) expect(screen.getByText((text) => text.endsWith(`· ${word}`))).toBeTruthy();
  });
});

describe('a supervisor', () => {
  const openLists = () => open('6', { 'lists:view': lists.lists }, 'supervisor');

  test('sets what happens to a lead that is read for too long', async () => {
    const { sent } = await openLists();
    const seconds = screen.getByTestId('list-preview-seconds');
    await userEvent.clear(seconds);
    await userEvent.type(seconds, '3{Enter}');
    expect(sent('lists:set-preview')).toEqual([]);
    expect(screen.getByText('A whole number from 5 to 600.')).toBeTruthy();
    await userEvent.type(seconds, '0{Enter}');
    expect(sent('lists:set-preview')).toEqual([{ list: 'list_1', preview: { seconds: 30, action: 'skip' } }]);
  });

  test('pauses one segment of a list and resumes another, and sees what is left in each', async () => {
    const { sent } = await openLists();
    const row = (name: string) => within(screen.getByRole('row', { name: new RegExp(name) }));
    expect(row('Gold').getByText('412 of 500')).toBeTruthy();
    expect(row('Gold').queryByText('Paused')).toBeNull();
    expect(row('Overdue').getByText('Paused')).toBeTruthy();
    await userEvent.click(row('Gold').getByRole('button', { name: 'Pause', description: 'Gold' }));
    await userEvent.click(row('Overdue').getByRole('button', { name: 'Resume', description: 'Overdue 30 days' }));
    expect(sent('lists:set-segment-paused')).toEqual([
      { list: 'list_1', segment: 'Gold', paused: true },
      { list: 'list_1', segment: 'Overdue 30 days', paused: false },
    ]);
  });

  test('sees no segments where a list has none', async () => {
    const [first, ...others] = lists.lists.rows;
    if (first === undefined) throw new Error('the sample has no list');
    await open('6', { 'lists:view': { ...lists.lists, rows: [{ ...first, segments: [] }, ...others] } }, 'supervisor');
    expect(screen.getByTestId('list-detail')).toBeTruthy();
    expect(screen.queryByTestId('list-segments')).toBeNull();
  });

  const importOf = async (platforms: typeof lists.lists.platforms) => {
    const { sent } = await open('6', { 'lists:view': { ...lists.lists, platforms } }, 'supervisor');
    await userEvent.click(screen.getByTestId('lists-import'));
    await userEvent.type(screen.getByTestId('import-list'), 'March');
    return sent;
  };

  test('is not asked who speaks first, nor which platform calls where there is one', async () => {
    const sent = await importOf([{ name: 'vinfer', label: 'VInfer' }]);
    expect(screen.queryByText('Who speaks first')).toBeNull();
    expect(screen.queryByTestId('import-platform')).toBeNull();
    await userEvent.click(screen.getByTestId('import-choose'));
    expect(sent('lists:import')).toEqual([{ list: 'March', purpose: 'service' }]);
  });

  test('says which of several platforms calls the leads of an import', async () => {
    const sent = await importOf([
      { name: 'vinfer', label: 'VInfer' },
      { name: 'voiceinfra', label: 'VoiceInfra' },
    ]);
    await userEvent.click(screen.getByTestId('import-choose'));
    await userEvent.click(screen.getByTestId('import-platform'));
    await userEvent.click(screen.getByRole('option', { name: 'VoiceInfra' }));
    await userEvent.click(screen.getByTestId('import-choose'));
    expect(sent('lists:import')).toEqual([
      { list: 'March', purpose: 'service', platform: 'vinfer' },
      { list: 'March', purpose: 'service', platform: 'voiceinfra' },
    ]);
  });

  test('asks for older lists', async () => {
    const { sent } = await open('6', { 'lists:view': { ...lists.lists, more: true } }, 'supervisor');
    await userEvent.click(screen.getByTestId('lists-more'));
    expect(sent('lists:more')).toEqual([{}]);
  });

  test('sets how many AI calls everybody, or one agent, may have at once', async () => {
    const { sent } = await openLists();
    await userEvent.click(screen.getByTestId('lists-limits'));
    await userEvent.clear(screen.getByTestId('limit-everybody'));
    await userEvent.type(screen.getByTestId('limit-everybody'), '4{Enter}');
    await userEvent.clear(screen.getByTestId('limit-elif'));
    await userEvent.type(screen.getByTestId('limit-elif'), '{Enter}');
    expect(sent('lists:set-limit')).toEqual([
      { agent: null, calls: 4 },
      { agent: 'elif', calls: null },
    ]);
  });
});
