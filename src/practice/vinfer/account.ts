/** One VInfer workspace: its calls, campaigns and contacts, as its REST API tells of them. */
import type { Caller } from '../cast/caller';
import { CAMPAIGNS, type CampaignCard } from '../cast/campaigns';
import { CAST } from '../cast';
import type { Clock } from '../clock';
import type { Random } from '../random';

export interface VinferCall {
  id: string;
  campaign: string;
  phone: string;
  name: string;
  language: string;
  status: 'queued' | 'ringing' | 'in_progress' | 'completed' | 'failed';
  /** Who plays the other end. */
  caller: Caller;
  fields: Readonly<Record<string, unknown>>;
  escalated: boolean;
  createdAt: number;
  startedAt?: number;
  endedAt?: number;
  disposition?: string;
  callbackTime?: string;
  notes?: string;
  summary?: string;
  /** Names the transcription; fetched by `transcript_url` once `transcribed`. */
  job: string;
  transcribed: boolean;
}

export interface VinferCampaign {
  id: string;
  name: string;
  script: string;
  language: string;
  status: 'scheduled' | 'running' | 'paused' | 'completed' | 'stopped';
  contacts: { phone: string; name: string; fields: Record<string, unknown> }[];
  /** How many of `contacts` were dialled. */
  attempted: number;
  schedule?: Record<string, unknown>;
  maxAttempts: number;
  retryIntervalMinutes: number;
  createdAt: number;
}

export class VinferAccount {
  readonly calls = new Map<string, VinferCall>();
  readonly campaigns = new Map<string, VinferCampaign>();

  constructor(private readonly clock: Clock) {
    for (const card of CAMPAIGNS) this.campaigns.set(card.id, standing(card, clock.now()));
  }

  add(
    random: Random,
    call: Pick<VinferCall, 'campaign' | 'caller' | 'status' | 'escalated'> & Partial<VinferCall>,
  ): VinferCall {
    const { caller } = call;
    const record: VinferCall = {
      id: `call_${random.hex(12)}`,
      job: `job_${random.hex(10)}`,
      phone: caller.phone,
      name: caller.name,
      language: caller.language,
      fields: caller.fields,
      createdAt: this.clock.now(),
      transcribed: false,
      ...call,
    };
    this.calls.set(record.id, record);
    return record;
  }

  callsOf(phone: string): VinferCall[] {
    return [...this.calls.values()].filter((call) => call.phone === phone);
  }
}

function standing(card: CampaignCard, createdAt: number): VinferCampaign {
  return {
    ...card,
    status: 'running',
    contacts: CAST.filter((caller) => caller.campaign === card.id).map(({ phone, name, fields }) => ({
      phone,
      name,
      fields: { ...fields },
    })),
    // The cast calls when the script says so: a standing campaign has nobody left to dial.
    attempted: Infinity,
    maxAttempts: 3,
    retryIntervalMinutes: 240,
    createdAt,
  };
}
