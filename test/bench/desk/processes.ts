/** What a program and everything it started cost, from `/proc`: Linux only. */
import { readFileSync, readdirSync } from 'node:fs';

/** Kernel clock ticks per second: 100 on every Linux in use. */
const TICKS_PER_S = 100;

interface Stat {
  pid: number;
  parent: number;
  ticks: number;
}

/** Undefined for a process that ended meanwhile. */
function statOf(pid: number): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold anything; what follows is fields from the third on.
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    return { pid, parent: fields[1] ?? 0, ticks: (fields[11] ?? 0) + (fields[12] ?? 0) };
  } catch {
    return undefined;
  }
}

function family(root: number): Stat[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const all = pids.map((name) => statOf(Number(name))).filter((stat) => stat !== undefined);
  const found = new Set([root]);
  let before = 0;
  while (before !== found.size) {
    before = found.size;
    for (const { pid, parent } of all) if (found.has(parent)) found.add(pid);
  }
  return all.filter(({ pid }) => found.has(pid));
}

/** Memory of each process of the family by what it is (`main`, `renderer` …), largest first, shared pages counted in parts. */
export function pssByProcess(root: number): { is: string; mib: number }[] {
  const found: { is: string; mib: number }[] = [];
  for (const { pid } of family(root)) {
    try {
      const kib = Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
      const type = /--type=([a-z-]+)/.exec(readFileSync(`/proc/${pid}/cmdline`, 'utf8'))?.[1];
      found.push({ is: type ?? (pid === root ? 'main' : 'other'), mib: kib / 1024 });
    } catch {
      // It ended between the two looks: it costs nothing any more.
      continue;
    }
  }
  return found.sort((a, b) => b.mib - a.mib);
}

/** Memory of the whole family, shared pages counted in parts, MiB. */
export function pssMiB(root: number): number {
  return pssByProcess(root).reduce((sum, { mib }) => sum + mib, 0);
}

/** Processor time of the whole family so far, ms. */
export function cpuMs(root: number): number {
  return family(root).reduce((sum, { ticks }) => sum + ticks, 0) * (1000 / TICKS_PER_S);
}
