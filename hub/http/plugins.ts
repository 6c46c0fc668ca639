import compress from '@fastify/compress';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';

/** Smaller answers are not worth the time. */
const COMPRESS_FROM_BYTES = 1024;

/** What every route of the hub has: strict headers, packed bodies in both directions, a description. */
export async function registerPlugins(app: FastifyInstance, appVersion: string): Promise<void> {
  await app.register(helmet, {
    // Nothing of the hub is a page.
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: { maxAge: 365 * 24 * 3600, includeSubDomains: false },
    xFrameOptions: { action: 'deny' },
  });
  app.addHook('onRequest', async (_request, reply) => void reply.header('cache-control', 'no-store'));
  await app.register(compress, {
    threshold: COMPRESS_FROM_BYTES,
    // Brotli would take the hub several times as long for a tenth less.
    encodings: ['gzip'],
    requestEncodings: ['gzip'],
    // Not of segments, which would be mistaken for packed ones (hub/segments/pack-frames.ts).
    customTypes: /json|^text\/(?!event-stream)/,
  });
  await app.register(rateLimit, { global: false });
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Cuecard hub',
        description:
          'Releases, feedback and members of a team. Every failure is {"error": {...}} with a stable code.',
        version: appVersion,
      },
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
    },
    transform: jsonSchemaTransform,
  });
}
