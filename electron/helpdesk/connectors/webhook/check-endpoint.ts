import net from 'node:net';

import { deadline } from '../../../deadline.js';
import { HelpdeskFailure } from '../helpdesk-failure.js';
import { CONNECTION_HEADER } from './event-endpoint.js';

const LOOK_MS = 3_000;
/** Whoever knows the secret can put words into a customer's mouth. */
const SHORTEST_SECRET = 20;

/**
 * Whether events can be taken at a port: it is free, or the endpoint of this connection is there already.
 * @throws HelpdeskFailure in words why not.
 */
export async function checkEndpoint(
  connectionId: string,
  port: number,
  secret: string,
  signal: AbortSignal,
): Promise<void> {
  if (!Number.isInteger(port) || port < 1024 || port > 65_535)
    throw new HelpdeskFailure('HELPDESK_REQUEST_REFUSED', 'The port must be a number from 1024 to 65535.');
  if (secret.length < SHORTEST_SECRET || !/^[\x21-\x7e]+$/u.test(secret))
    throw new HelpdeskFailure(
      'HELPDESK_SIGN_IN_REFUSED',
      `The secret needs at least ${String(SHORTEST_SECRET)} letters, digits or signs, without blanks.`,
    );
  if (await isFree(port)) return;
  const owner = await ownerOf(port, signal);
  if (owner === connectionId) return;
  const who = owner === null ? 'Another program of this computer' : 'Another connection of Cuecard';
  throw new HelpdeskFailure('HELPDESK_UNREACHABLE', `${who} uses port ${String(port)}.`);
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/** Whose endpoint is there; asked without the secret, which is for no other program. */
async function ownerOf(port: number, signal: AbortSignal): Promise<string | null> {
  const limit = deadline(LOOK_MS, signal);
  try {
    const answer = await fetch(`http://127.0.0.1:${String(port)}/events`, { signal: limit.signal });
    await answer.body?.cancel();
    return answer.headers.get(CONNECTION_HEADER);
  } catch {
    signal.throwIfAborted();
    return null;
  } finally {
    limit.clear();
  }
}
