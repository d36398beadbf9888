export interface Stranger {
  calls: Map<string, { call: string }>;
  log: { id: string; type: string; subject: string }[];
  position: { epoch: string; offset: number } | null;
  /** One entry per hello that was answered. */
  recovered: boolean[];
  claim(call: string): Promise<{ ok: boolean; lease_s?: number; error?: { code: string } }>;
  close(): void;
  drop(): void;
}
export function stranger(url: string, token: string, options?: { backoffMs?: number }): Stranger;
