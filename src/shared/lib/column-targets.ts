/**
 * What a column of a file of leads may become, in the order in which it is offered. `field`: kept as text under a name; `ignore`:
 * not kept. Phones in the order of the columns.
 */
export const COLUMN_TARGETS = [
  'phone',
  'name',
  'first_name',
  'last_name',
  'language',
  'zone',
  'region',
  'postcode',
  'country',
  'priority',
  'external_id',
  'segment',
  'consent',
  'consent_at',
  'consent_source',
  'field',
  'ignore',
] as const;
