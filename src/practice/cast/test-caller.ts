/** Who calls when somebody presses a platform's test button. */
import type { Caller } from './caller';

export const TEST_CALLER: Caller = {
  slug: 'test',
  name: 'Test Call',
  phone: '+14155550100',
  language: 'en-US',
  country: 'US',
  campaign: 'cmp_8f3a2b1c9d4e',
  trigger: 'explicit_request',
  summary: 'This is a test call from the dashboard. Nobody is waiting.',
  fields: {},
  disposition: 'interested',
  sentiment: 'neutral',
  qaScore: 100,
  dialogue: [
    ['ai', 'Greeting message'],
    ['customer', 'Hello, how are you?'],
    ['ai', 'Connecting you now.'],
  ],
  history: [],
};
