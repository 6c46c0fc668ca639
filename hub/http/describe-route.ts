import type { FastifySchema } from 'fastify';
import { z } from 'zod';

import type { Access, Endpoint } from '../../shared/contracts/hub/define-endpoint.js';
import { AppError } from '../../shared/errors/app-error.js';

const Failure = z.object({ error: AppError });

/** What a route takes and answers, for Fastify's validation and for the API description. */
export function describeRoute(name: string, endpoint: Endpoint): FastifySchema {
  const { params, query, body, answer, summary, access, answerStream, bodyStream } = endpoint;
  return {
    operationId: name,
    summary,
    description: accessText(access),
    tags: [name.split('.')[0] ?? name],
    ...(access === 'public' ? {} : { security: [{ bearer: [] }] }),
    ...(bodyStream === undefined ? {} : { consumes: [bodyStream] }),
    params,
    querystring: query,
    ...(body.type === 'void' ? {} : { body }),
    response: {
      ...answerSchema(answer, answerStream),
      default: { description: 'What went wrong.', content: { 'application/json': { schema: Failure } } },
    },
  };
}

function answerSchema(answer: z.ZodType, stream: string | undefined): object {
  if (stream !== undefined)
    return { 200: { description: 'A stream.', content: { [stream]: { schema: z.string() } } } };
  if (answer.type === 'void') return { 204: z.undefined().describe('Done.') };
  return { 200: answer };
}

function accessText(access: Access): string {
  if (access === 'public') return 'Public.';
  if (access === 'hub_key') return 'With the hub key only.';
  return `For ${access.join(', ')}.`;
}
