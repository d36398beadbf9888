import { describeOnPostgres } from '../../support/relay/on-postgres';

describeOnPostgres({
  leads: () => import('../leads/preview.test'),
  'preview timers': () => import('../leads/timer.test'),
  'leads left': () => import('../leads/left.test'),
  deliveries: () => import('../deliveries/deliveries.test'),
  invites: () => import('../invites/join.test'),
  forget: () => import('../retention/forget.test'),
  resume: () => import('../desks/resume.test'),
});
