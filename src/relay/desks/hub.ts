/** All live desks: one per agent, found by agent for taking over and by audience key for sending. */
import { DESK_CLOSE, type DeskAgent } from '../../shared/contract/desk-protocol';
import type { LogEntry } from '../store/port';
import type { DeskStream } from './stream';
import { Tail } from './tail';

export interface LiveDesk {
  /** Names the connection. */
  id: string;
  agent: DeskAgent;
  /** Of the token it signed in with. */
  tokenHash: string;
  /** From which offset on the agent's view holds. */
  since: number;
  /** Names the running desk program, where it said so. */
  instance: string | undefined;
  stream: DeskStream;
  close(code: number, reason: string): void;
  /** Whether the link answers a ping. */
  probe(): Promise<boolean>;
}

export class Hub {
  private readonly byAgent = new Map<string, LiveDesk>();
  private readonly byKey = new Map<string, Set<LiveDesk>>();
  private readonly seeingAll = new Set<LiveDesk>();

  constructor(public tail: Tail) {}

  get size(): number {
    return this.byAgent.size;
  }

  /**
   * Makes a desk its agent's active one. The same instance replaces its own old link silently; another desk that is
   * alive keeps its place unless the new one takes over on purpose.
   */
  async enter(desk: LiveDesk, takeover: boolean): Promise<'entered' | 'busy'> {
    for (;;) {
      const other = this.byAgent.get(desk.agent.id);
      if (other === undefined) break;
      const same = desk.instance !== undefined && desk.instance === other.instance;
      if (!same && !takeover && (await other.probe())) return 'busy';
      // While the probe ran, the other one may have left and a third may have come: look again.
      if (this.byAgent.get(desk.agent.id) !== other) continue;
      this.leave(other);
      other.close(DESK_CLOSE.takenOver.code, 'another desk took over');
    }
    this.byAgent.set(desk.agent.id, desk);
    const { viewer } = desk.stream;
    if (viewer.all) this.seeingAll.add(desk);
    else for (const key of viewer.keys) this.desksOf(key).add(desk);
    return 'entered';
  }

  /** True when the desk was its agent's active one until now. */
  leave(desk: LiveDesk): boolean {
    if (this.byAgent.get(desk.agent.id) !== desk) return false;
    this.byAgent.delete(desk.agent.id);
    this.seeingAll.delete(desk);
    for (const key of desk.stream.viewer.keys) {
      const desks = this.byKey.get(key);
      desks?.delete(desk);
      if (desks?.size === 0) this.byKey.delete(key);
    }
    return true;
  }

  publish(entries: readonly LogEntry[]): void {
    for (const entry of entries) {
      this.tail.push(entry);
      for (const desk of this.concerned(entry)) desk.stream.publish(entry);
    }
  }

  deskOf(agent: string): LiveDesk | undefined {
    return this.byAgent.get(agent);
  }

  desks(): LiveDesk[] {
    return [...this.byAgent.values()];
  }

  /** The log's past changed: forgets what is in memory of it, and sends every desk to come back for a snapshot. */
  restart(head: number, code: number, reason: string): void {
    this.tail = new Tail(head);
    this.closeAll(code, reason);
  }

  closeAll(code: number, reason: string): void {
    for (const desk of [...this.byAgent.values()]) {
      this.leave(desk);
      desk.close(code, reason);
    }
  }

  private concerned(entry: LogEntry): Set<LiveDesk> {
    const concerned = new Set(this.seeingAll);
    for (const key of [...entry.audience, ...(entry.moved?.from ?? [])]) {
      for (const desk of this.byKey.get(key) ?? []) concerned.add(desk);
    }
    return concerned;
  }

  private desksOf(key: string): Set<LiveDesk> {
    const known = this.byKey.get(key);
    if (known !== undefined) return known;
    const desks = new Set<LiveDesk>();
    this.byKey.set(key, desks);
    return desks;
  }
}
