/** Small helpers of the simulated REST APIs. */
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';

/** VInfer prints no error body; this is this floor's reading of "a code and a message". */
export function vinferError(reply: FastifyReply, status: number, code: string, message: string): FastifyReply {
  return reply.status(status).send({ error: { code, message } });
}

/** The first thing wrong with a body, in words. */
export function firstProblem(error: z.ZodError): string {
  const issue = error.issues[0];
  return issue === undefined ? 'The body does not fit.' : `${issue.path.join('.') || 'body'}: ${issue.message}`;
}

/** E.164. */
export const E164 = /^\+[1-9]\d{6,14}$/;
