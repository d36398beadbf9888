/** What the deliveries routes need; the record of deliveries itself is the ingest side's. */
export interface DeliveryView {
  id: number;
  platform: string;
  /** Epoch ms. */
  received: number;
  verdict: string;
  status: number;
  duration_ms: number | null;
  bytes: number;
  trust: 'signed' | 'secret' | 'open' | null;
  late: boolean;
  reason: string | null;
  calls: string[];
  kept: boolean;
}

export interface DeliveriesPort {
  list(filter: {
    platform?: string;
    verdict?: string;
    limit: number;
    offset: number;
  }): Promise<{ total: number; deliveries: DeliveryView[] }>;
  show(id: number): Promise<{ delivery: DeliveryView; body?: string } | undefined>;
  replay(
    id: number,
  ): Promise<
    | { ok: true; appended: number; repeated: number; unknown: boolean }
    | { ok: false; reason: 'not_found' | 'not_kept' | 'unreadable' | 'unconfigured' }
  >;
}
