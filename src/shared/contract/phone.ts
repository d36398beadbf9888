import { z } from 'zod';

/** E.164 with its plus sign. */
export const e164Schema = z.string().regex(/^\+[1-9]\d{5,14}$/, 'must be E.164, as in +918001234567');
