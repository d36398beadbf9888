/** One way to write a route: who may, what comes in, what goes out. Every failure becomes a problem. */
import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import type { AgentRole } from '../../../shared/contract/desk-protocol';
import { requireRole, type Asker } from './authenticate';

export interface Exchange {
  request: FastifyRequest;
  reply: FastifyReply;
  asker: Asker;
}

export interface RouteOptions {
  /** Least role that may. */
  role?: AgentRole;
  /** Bytes, where the relay's own limit does not fit. */
  bodyLimit?: number;
}

export interface Router {
  on(method: HTTPMethods, path: string, handle: (exchange: Exchange) => Promise<unknown>, options?: RouteOptions): void;
}

export function createRouter(
  scope: FastifyInstance,
  authenticate: (request: FastifyRequest) => Promise<Asker>,
): Router {
  const askers = new WeakMap<FastifyRequest, Asker>();
  return {
    on: (method, path, handle, { role = 'agent', bodyLimit } = {}) => {
      scope.route({
        method,
        url: path,
        ...(bodyLimit === undefined ? {} : { bodyLimit }),
        // Before the body is read: a stranger's megabytes are not waited for.
        onRequest: async (request) => {
          const asker = await authenticate(request);
          requireRole(asker, role);
          askers.set(request, asker);
        },
        handler: async (request, reply) => {
          const asker = askers.get(request);
          if (asker === undefined) throw new Error('a route was reached without authentication');
          return handle({ request, reply, asker });
        },
      });
    },
  };
}
