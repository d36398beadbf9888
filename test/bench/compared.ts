/** The servers that stand beside the relay in the same run. */
import path from 'node:path';
import type { Style } from './jobs';

export interface Compared {
  server: string;
  style: Style;
  program: string[];
}

export function compared(): Compared[] {
  const bundle = (name: string) => [path.join(import.meta.dirname, `${name}.js`)];
  return [
    { server: 'floor (http + ws)', style: 'bare', program: bundle('bare') },
    { server: 'Socket.IO', style: 'socket.io', program: bundle('socket-io') },
  ];
}
