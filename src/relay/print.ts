/** Answers of the command line as text. */
import { z } from 'zod';
import type { AdminRequest } from './admin/commands';

const tokenSchema = z.object({ token: z.string() });
const agentsSchema = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    role: z.string(),
    numbers: z.array(z.string()),
    queues: z.array(z.string()),
  }),
);

/** The first line of `agent add` is the token alone, so that a script can take it as it is. */
export function printAnswer(request: AdminRequest, value: unknown): string {
  switch (request.command) {
    case 'agent.add':
      return `${tokenSchema.parse(value).token}\n`;
    case 'agent.list':
      return agentsSchema
        .parse(value)
        .map(({ id, name, role, numbers, queues }) => [id, name, role, numbers.join(','), queues.join(',')].join('\t'))
        .map((line) => `${line}\n`)
        .join('');
    case 'agent.revoke':
      return `${request.id} revoked\n`;
  }
}
