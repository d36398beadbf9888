import type { Words } from './words';

export const en: Words = {
  open: 'Open Handover Desk',
  quit: 'Quit',
  practiceCaller: 'Practice: let a caller escalate',
  offline: 'Not connected',
  waiting: (count) => (count === 1 ? '1 call waiting' : `${count} calls waiting`),
  callerWaits: 'A caller is waiting for you',
  callbacksDue: (count) => (count === 1 ? '1 call-back due' : `${count} call-backs due`),
  callbackDue: 'Call-back due',
  callbackWaits: 'A customer expects your call',
  windowFails: 'The window cannot be shown.',
  windowFailsAbout: 'Its page stopped again and again. What you saved is safe.',
  tryAgain: 'Try again',
  state: { available: 'Available', busy: 'Busy', wrapup: 'Wrap-up', break: 'Break', offline: 'Offline' },
  wrapUpThen: (next) => `Wrap-up, then ${next}`,
  trigger: {
    upset: 'Upset customer',
    asked_for_person: 'Asked for a person',
    keyword: 'Keyword',
    too_long: 'Too long',
    compliance: 'Compliance',
    transfer: 'Transferred',
    ringing: 'Incoming call',
    custom: 'Custom rule',
    unknown: 'Reason not given',
  },
};
