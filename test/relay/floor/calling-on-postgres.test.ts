import { describeOnPostgres } from '../../support/relay/on-postgres';

describeOnPostgres({
  consents: () => import('../consents/consents.test'),
  crm: () => import('../crm/crm.test'),
  'dial check': () => import('../dialling/dial-check.test'),
  dnc: () => import('../dnc/dnc.test'),
});
