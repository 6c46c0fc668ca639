import { pipeline, Readable } from 'node:stream';
import { createGzip } from 'node:zlib';

import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * Answers with a stream of frames, packed where the client takes that. Not left to the server's plugin, which looks at how a body begins and
 * sends what looks packed as it is, though under the name of gzip: frames begin with a hash, and one of sixteen thousand looks so.
 */
export async function sendFrames(
  request: FastifyRequest,
  reply: FastifyReply,
  frames: AsyncIterable<Buffer>,
): Promise<void> {
  const plain = Readable.from(frames, { objectMode: false });
  void reply.header('vary', 'accept-encoding');
  if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) {
    await reply.send(plain);
    return;
  }
  void reply.header('content-encoding', 'gzip');
  // A failure ends the answer before its end mark, which the client notices.
  await reply.send(pipeline(plain, createGzip(), () => undefined));
}
