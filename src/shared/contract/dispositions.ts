/**
 * The disposition tree: what an agent may choose after a call, as settings data. Codes are what is stored and sent;
 * labels are for people and never change data; `platform` maps a code to a platform's own word.
 */
import { z } from 'zod';
import { currencySchema } from './amounts';
import { dncScopeSchema } from './dialling-policies';
import { DISPOSITION_CODE, DISPOSITION_LIMITS, treeComplaint } from '../lib/disposition-rules';

/** Stable for ever, see there. */
export const dispositionCodeSchema = z.string().regex(DISPOSITION_CODE);

/** Codes from the root to the choice. */
export const dispositionPathSchema = z.array(dispositionCodeSchema).min(1).max(DISPOSITION_LIMITS.maxDepth);

const label = z.string().min(1).max(DISPOSITION_LIMITS.maxLabel);
const platformWords = z.record(z.string().max(32), z.string().min(1).max(DISPOSITION_LIMITS.maxWord));

/** What a choice asks for or brings with it. Holds for every choice below it too. */
const flags = {
  /** A callback must or may be agreed. Absent: none is asked for. */
  callback: z.enum(['optional', 'required']).optional(),
  /** Choosing it means: never call again. The agent still confirms the scope. */
  dnc: z.boolean().optional(),
  needs_note: z.boolean().optional(),
  /** How much money was agreed must be said. */
  needs_amount: z.boolean().optional(),
  /** Of that amount. Absent: the currency of the settings. */
  currency: currencySchema.optional(),
  /** The lead is done with; no further attempt. */
  final: z.boolean().optional(),
};

export interface DispositionNode {
  code: string;
  /** Missing languages fall back to English; without any, the code's own words. */
  labels?: { en?: string | undefined; hi?: string | undefined; tr?: string | undefined } | undefined;
  /** Key on its level; the order of the list decides where none is set. */
  key?: number | undefined;
  callback?: 'optional' | 'required' | undefined;
  dnc?: boolean | undefined;
  needs_note?: boolean | undefined;
  needs_amount?: boolean | undefined;
  currency?: string | undefined;
  final?: boolean | undefined;
  /** Platform name → the platform's own word, where that is not the code. */
  platform?: Record<string, string> | undefined;
  children?: DispositionNode[] | undefined;
}

const dispositionNodeSchema: z.ZodType<DispositionNode, DispositionNode> = z.strictObject({
  code: dispositionCodeSchema,
  labels: z.strictObject({ en: label.optional(), hi: label.optional(), tr: label.optional() }).optional(),
  key: z.int().min(1).max(9).optional(),
  ...flags,
  platform: platformWords.optional(),
  get children() {
    return z.array(dispositionNodeSchema).min(1).max(DISPOSITION_LIMITS.maxPerLevel).optional();
  },
});

/** Choices as they are shown: a relay may name more on one level than an agent's own tree may have. */
export const dispositionsShownSchema = z.array(dispositionNodeSchema).min(1).max(DISPOSITION_LIMITS.maxNodes);

/** The top level of choices. Codes are unique in the whole tree, keys on their level. */
export const dispositionTreeSchema = z
  .array(dispositionNodeSchema)
  .min(1)
  .max(DISPOSITION_LIMITS.maxPerLevel)
  .superRefine((tree, context) => {
    const wrong = treeComplaint(tree);
    if (wrong !== undefined) context.addIssue({ code: 'custom', message: wrong.what, params: wrong });
  });
export type DispositionTree = z.infer<typeof dispositionTreeSchema>;

/**
 * An outcome as a relay knows it: its id is what is stored and reported, labels are for people, and what each platform and
 * each CRM calls it stands beside them, so that a changed word or a new language changes no data.
 */
export const relayDispositionSchema = z.strictObject({
  id: dispositionCodeSchema.describe('Stable for ever; what agents’ decisions and reports name'),
  labels: z
    .strictObject({ en: label.optional(), hi: label.optional(), tr: label.optional() })
    .optional()
    .describe('What agents read'),
  platform: platformWords.default({}).describe('Platform name → its own word, where that is not the id'),
  crm: z
    .record(z.string().max(50), z.string().min(1).max(255))
    .default({})
    .describe('CRM connector → the lead status it gets; none: the status stays as it is'),
  dnc: dncScopeSchema.optional().describe('Choosing it means not to be called again, to this extent'),
  final: z.boolean().default(false).describe('The lead is done with'),
  callback: z.enum(['optional', 'required']).optional().describe('A callback may or must be agreed'),
  needs_note: z.boolean().default(false).describe('A note must be written'),
  needs_amount: z.boolean().default(false).describe('An amount of money must be said'),
  currency: currencySchema.optional().describe('Currency of that amount; none: that of each agent’s settings'),
  retry_after_minutes: z
    .int()
    .min(1)
    .max(60 * 24 * 90)
    .optional()
    .describe('The lead may be tried again after this'),
});
export type RelayDisposition = z.infer<typeof relayDispositionSchema>;

/** Answer of `GET /v1/dispositions`; empty where the relay passes on what desks say as it is. */
export const dispositionsAnswerSchema = z.object({ data: z.array(relayDispositionSchema) });

/** The dispositions the platforms' own documents name. `callback`, `dnd` and `escalated` are later spellings there. */
export const DEFAULT_DISPOSITIONS: DispositionTree = [
  { code: 'interested', labels: { en: 'Interested', hi: 'रुचि है', tr: 'İlgileniyor' } },
  {
    code: 'callback_requested',
    labels: { en: 'Wants a call back', hi: 'कॉल-बैक चाहिए', tr: 'Geri aranmak istiyor' },
    callback: 'required',
  },
  {
    code: 'not_interested',
    labels: { en: 'Not interested', hi: 'रुचि नहीं', tr: 'İlgilenmiyor' },
    final: true,
  },
  {
    code: 'payment_promised',
    labels: { en: 'Promised to pay', hi: 'भुगतान का वादा', tr: 'Ödeme sözü verdi' },
    callback: 'optional',
    needs_amount: true,
  },
  { code: 'already_paid', labels: { en: 'Already paid', hi: 'भुगतान हो चुका', tr: 'Zaten ödemiş' }, final: true },
  {
    code: 'dispute',
    labels: { en: 'Disputes it', hi: 'विवाद', tr: 'İtiraz ediyor' },
    needs_note: true,
  },
  { code: 'not_reachable', labels: { en: 'Not reached', hi: 'संपर्क नहीं हुआ', tr: 'Ulaşılamadı' } },
  {
    code: 'escalated',
    labels: { en: 'Passed on', hi: 'आगे भेजा', tr: 'Aktarıldı' },
    needs_note: true,
  },
  {
    code: 'dnc',
    labels: { en: 'Never call again', hi: 'फिर कभी कॉल नहीं', tr: 'Bir daha aranmasın' },
    dnc: true,
    final: true,
  },
];
