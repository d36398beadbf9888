import { describe, expect, test } from 'vitest';
import { parseArguments, UsageError } from '../../src/relay/arguments';

const parse = (...words: string[]) => parseArguments([...words, '--config', 'c.json']);
const requestOf = (...words: string[]) => {
  const command = parse(...words);
  return command.name === 'admin' ? command.request : command.name;
};

describe('the command line', () => {
  test('is understood', () => {
    expect(parse('serve')).toEqual({ name: 'serve', config: 'c.json' });
    expect(
      requestOf('agent', 'add', 'asha', '--number', '+918001234567', '--number', '+918001234568', '--queue', 'q'),
    ).toEqual({
      command: 'agent.add',
      id: 'asha',
      name: 'asha',
      numbers: ['+918001234567', '+918001234568'],
      queues: ['q'],
      role: 'agent',
    });
    expect(requestOf('deliveries', 'list', '--limit', '5', '--verdict', 'unknown')).toEqual({
      command: 'deliveries.list',
      limit: 5,
      verdict: 'unknown',
    });
    expect(requestOf('deliveries', 'replay', '7')).toEqual({ command: 'deliveries.replay', id: 7 });
    expect(requestOf('forget', '+91', '98765', '43210')).toEqual({ command: 'forget', phone: '+919876543210' });
    expect(requestOf('dnc', 'import', 'us.national', '/data/list.txt', '--date', '2026-11-20')).toEqual({
      command: 'dnc.import',
      list: 'us.national',
      file: '/data/list.txt',
      date: '2026-11-20',
    });
    expect(requestOf('crm', 'list', '--state', 'parked')).toEqual({ command: 'crm.list', state: 'parked', limit: 50 });
    expect(requestOf('crm', 'replay', 'd1')).toEqual({ command: 'crm.replay', id: 'd1' });
    expect(requestOf('leads', 'import', '/data/march.csv', '--list', 'March', '--purpose', 'service')).toEqual({
      command: 'leads.import',
      file: '/data/march.csv',
      list: 'March',
      purpose: 'service',
      yes: false,
    });
    expect(requestOf('leads', 'import', '/data/march.csv', '--list', 'March', '--yes')).toMatchObject({ yes: true });
    const url = 'https://relay.example.com/hooks/vinfer';
    expect(requestOf('webhooks', 'register', url, '--event', 'a', '--event', 'b')).toEqual({
      command: 'webhooks.register',
      url,
      events: ['a', 'b'],
    });
    expect(requestOf('webhooks', 'register', url, '--event', 'a', '--platform', 'vinfer')).toMatchObject({
      platform: 'vinfer',
    });
    expect(requestOf('webhooks', 'list')).toEqual({ command: 'webhooks.list' });
    expect(requestOf('webhooks', 'remove', 'vinfer:wh_1')).toEqual({ command: 'webhooks.remove', id: 'vinfer:wh_1' });
    expect(parseArguments([])).toEqual({ name: 'help' });
    expect(parseArguments(['agent', '--help'])).toEqual({ name: 'help' });
  });

  test.each([
    ['an agent without an id', ['agent', 'add']],
    ['a register without its date', ['dnc', 'import', 'us.national', 'list.txt']],
    ['a register of no rule', ['dnc', 'import', 'mylist', 'list.txt', '--date', '2026-11-20']],
    ['leads without a file', ['leads', 'import', '--list', 'March']],
    ['leads without a list', ['leads', 'import', 'march.csv']],
    ['leads for a purpose that does not exist', ['leads', 'import', 'm.csv', '--list', 'M', '--purpose', 'fun']],
    ['an id with spaces', ['agent', 'add', 'a b']],
    ['a number that is not E.164', ['agent', 'add', 'x', '--number', '123']],
    ['a role that does not exist', ['agent', 'add', 'x', '--role', 'king']],
    ['an unknown option', ['serve', '--what']],
    ['an unknown command', ['dance']],
    ['half a command', ['deliveries']],
    ['a delivery that is no number', ['deliveries', 'show', 'first']],
    ['a limit of none', ['deliveries', 'list', '--limit', '0']],
    ['a verdict that does not exist', ['deliveries', 'list', '--verdict', 'fine']],
    ['a webhook without its address', ['webhooks', 'register', '--event', 'a']],
    ['a webhook of no event', ['webhooks', 'register', 'https://relay.example.com/hooks/vinfer']],
    ['a webhook of no platform', ['webhooks', 'remove', 'wh_1']],
    ['too short a phone number', ['forget', '12345']],
  ])('%s is an error that says so', (_what, words) => {
    expect(() => parse(...words)).toThrow(UsageError);
  });

  test('a missing configuration is an error', () => {
    expect(() => parseArguments(['serve'])).toThrow('--config FILE is missing');
  });
});
