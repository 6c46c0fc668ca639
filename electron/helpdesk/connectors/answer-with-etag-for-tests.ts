import { createHash } from 'node:crypto';
import type http from 'node:http';

/**
 * Sends JSON as Rails does (Rack::ETag and Rack::ConditionalGet): a weak ETag over the body of a 200, and 304 without a body for a GET that
 * knows it.
 */
export function answerWithEtag(
  request: http.IncomingMessage,
  response: http.ServerResponse,
  status: number,
  said: unknown,
  headers: http.OutgoingHttpHeaders = {},
): void {
  const text = JSON.stringify(said);
  const etag = `W/"${createHash('md5').update(text).digest('hex')}"`;
  const isKnown = request.method === 'GET' && status === 200 && request.headers['if-none-match'] === etag;
  if (isKnown) return void response.writeHead(304, { etag }).end();
  const type = { 'content-type': 'application/json; charset=utf-8' };
  response.writeHead(status, { ...type, ...headers, ...(status === 200 ? { etag } : {}) }).end(text);
}
