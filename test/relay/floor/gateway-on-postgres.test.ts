import { describeOnPostgres } from '../../support/relay/on-postgres';

describeOnPostgres({
  'campaign hours': () => import('../gateway/campaign-hours.test'),
  'campaign from a file': () => import('../gateway/campaign-file.test'),
  'catch-up': () => import('../gateway/catch-up.test'),
  disposition: () => import('../gateway/disposition.test'),
  permission: () => import('../gateway/permission.test'),
  reads: () => import('../gateway/reads.test'),
  'start a call': () => import('../gateway/start-call.test'),
  transcripts: () => import('../gateway/transcripts.test'),
});
