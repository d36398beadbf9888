// @vitest-environment jsdom
/** A supervisor says how a list is worked. */
import { cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, test } from 'vitest';
import { lists, wrongWork } from '../../../src/renderer/gallery/lists';
import { deskView } from '../../../src/renderer/gallery/samples';
import {
  faultsOf,
  typedOf,
  WORK_LIMITS,
  workOf,
  type TypedWork,
} from '../../../src/renderer/workspace/lists/typed-work';
import type { ListRow, ListsView } from '../../../src/shared/contract/list-views';
import { listWorkSchema } from '../../../src/shared/contract/leads';
import { drawDesk } from '../support/draw';

afterEach(cleanup);

const [row] = lists.rows;
if (row === undefined) throw new Error('the sample has no list');
const saved = {
  ...{ queues: ['welcome', 'collections'], script: 'scr_welcome_hi', seller: 'Sunrise Finance', priority: 2 },
  ...{ max_attempts: 6, retry_minutes: 120, may_skip: true },
};

describe('what is typed', () => {
  const typed = (more: Partial<TypedWork> = {}) => ({ ...typedOf(row), ...more });

  test('is what the list has, until it is changed', () => {
    expect(workOf(typed(), row)).toEqual(saved);
  });

  test('names queues once each, and what is left empty as not said', () => {
    const work = workOf(typed({ queues: ' a,b ,, a', script: ' ', seller: '' }), row);
    expect(work).toMatchObject({ queues: ['a', 'b'], script: null, seller: null });
    expect(workOf(typed({ queues: ' , ' }), row)?.queues).toEqual([]);
  });

  test.each<[keyof TypedWork, string]>([
    ['attempts', '0'],
    ['attempts', '101'],
    ['attempts', ''],
    ['retry', '43201'],
    ['retry', '1.5'],
    ['retry', '1e2'],
    ['priority', '-10'],
    ['priority', 'high'],
    ['queues', 'q'.repeat(101)],
    ['queues', Array.from({ length: 101 }, (_, n) => `q${n}`).join(',')],
  ])('is not saved with %s %s', (name, value) => {
    expect(faultsOf(typed({ [name]: value }), row)).toMatchObject({ [name]: true });
    expect(workOf(typed({ [name]: value }), row)).toBeNull();
  });

  test('keeps to the limits of the relay, and reaches them', () => {
    const { attempts, retry, priority, queues, queueChars, textChars } = WORK_LIMITS;
    for (const end of ['min', 'max'] as const) {
      const most = {
        ...{ attempts: String(attempts[end]), retry: String(retry[end]), priority: String(priority[end]) },
        queues: Array.from({ length: queues }, (_, n) => String(n).padEnd(queueChars, 'x')).join(','),
        ...{ script: 's'.repeat(textChars), seller: 's'.repeat(textChars) },
      };
      const work = workOf(typed(most), row);
      expect(listWorkSchema.safeParse(work).success).toBe(true);
      const beyond = end === 'min' ? -1 : 1;
      for (const more of [
        { max_attempts: attempts[end] + beyond },
        { retry_minutes: retry[end] + beyond },
        { priority: priority[end] + beyond },
        { script: 's'.repeat(textChars + 1) },
      ]) {
        expect(listWorkSchema.safeParse({ ...work, ...more }).success).toBe(false);
      }
    }
  });

  test('does not forbid a skip that the list’s own timer does', () => {
    expect(faultsOf(typed({ maySkip: false }), row).maySkip).toBe(true);
    const untimed: Pick<ListRow, 'preview'> = { preview: { seconds: 0, action: 'skip' } };
    expect(workOf(typed({ maySkip: false }), untimed)).toMatchObject({ may_skip: false });
  });
});

describe('the form', () => {
  const agent = { id: 'meera', name: 'Meera Nair', role: 'supervisor' as const, queues: [] };
  async function open(view: ListsView = lists) {
    const drawn = drawDesk({ ...deskView, agent }, 'en', {}, { 'lists:view': view });
    await userEvent.click(screen.getByTestId('nav-lists'));
    return drawn;
  }
  const input = (name: string) => screen.getByTestId<HTMLInputElement>(name);
  const retype = async (name: string, value: string) => {
    await userEvent.clear(input(name));
    await userEvent.type(input(name), value);
  };

  test('saves everything together, with the keyboard alone', async () => {
    const { sent } = await open();
    await retype('list-queues', 'night');
    await retype('list-priority', '-3');
    await userEvent.tab();
    await userEvent.keyboard(' ');
    await userEvent.keyboard(' ');
    await userEvent.type(input('list-attempts'), '{Enter}');
    expect(sent('lists:set-work')).toEqual([{ list: 'list_1', work: { ...saved, queues: ['night'], priority: -3 } }]);
  });

  test('says what is wrong beside the field, and saves nothing', async () => {
    const { sent } = await open();
    await retype('list-retry', '0');
    const retry = input('list-retry');
    expect(retry.getAttribute('aria-invalid')).toBe('true');
    const about = retry.getAttribute('aria-describedby') ?? '';
    expect(document.getElementById(about)?.textContent).toBe('A whole number from 1 to 43,200.');
    await userEvent.type(input('list-attempts'), '{Enter}');
    expect(sent('lists:set-work')).toEqual([]);
    await retype('list-retry', '90');
    expect(retry.getAttribute('aria-invalid')).toBe('false');
  });

  test('says so where agents may not skip what the timer skips', async () => {
    await open(wrongWork);
    expect(screen.getByText('The timer of this list skips leads. Change the timer first.')).toBeTruthy();
  });

  test('shows what somebody else saved meanwhile', async () => {
    const { desk } = await open();
    await retype('list-queues', 'mine');
    const rows = lists.rows.map((one) => (one.id === 'list_1' ? { ...one, queues: ['theirs'] } : one));
    desk.publish('lists:view', { ...lists, rows });
    await waitFor(() => expect(input('list-queues').value).toBe('theirs'));
  });
});
