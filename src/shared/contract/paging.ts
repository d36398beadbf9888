/** Pages of lists in the REST API. */
import { z } from 'zod';

/** Largest page of any list, and the size of one that is not asked for. */
export const MAX_PAGE = 100;
const DEFAULT_PAGE = 50;

/** Query parameters. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(DEFAULT_PAGE),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
};

/** What every list's answer says beside its `data`. */
export const pageAnswer = { total: z.int(), limit: z.int(), offset: z.int() };
