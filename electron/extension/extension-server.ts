import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

import {
  extensionPaths,
  type ExtensionAnswer,
  type ExtensionProof,
} from '../../shared/contracts/browser-extension.js';
import type { Logger } from '../../shared/lib/logger.js';
import { proofFor } from './app-proof.js';
import { createRateLimit, readBody, refusalOf, type Refusal } from './extension-request.js';
import type { Pairing } from './pairing.js';

const MAX_BODY_BYTES = 4_096;
const BURST = 40;
const PER_SECOND = 20;
const TIMEOUT_MS = 5_000;

const Page = z.strictObject({ url: z.string().max(4_000) });
const Challenge = z.strictObject({ nonce: z.string().regex(/^[0-9a-f]{64}$/u) });
const Nothing = z.strictObject({});

export interface ExtensionServerDeps {
  readonly pairing: Pick<Pairing, 'origin' | 'token' | 'pin'>;
  /** Where pages of connected helpdesks are. */
  readonly origins: () => readonly string[];
  readonly onPage: (url: string) => void;
  /** It said something that was believed. */
  readonly onHeard: () => void;
  readonly log: Logger;
}

export interface ExtensionServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Listens on 127.0.0.1 for the paired browser extension and for nobody else. It answers no page: there is no CORS header in any answer, so that a
 * browser neither lets a page ask with a token nor shows it what comes back.
 *
 * @param port 0 for any.
 * @throws the error of Node when the port is taken.
 */
export async function listenForExtension(port: number, deps: ExtensionServerDeps): Promise<ExtensionServer> {
  const { pairing, origins, onPage, onHeard, log } = deps;
  const mayPass = createRateLimit(BURST, PER_SECOND, () => performance.now());
  // Asked without the token: whoever asks for too many proofs keeps nobody with the token out.
  const mayProve = createRateLimit(BURST, PER_SECOND, () => performance.now());
  // Any page can knock as often as it likes; the log is not there for that.
  const mayLog = createRateLimit(20, 0.1, () => performance.now());

  async function handle(request: http.IncomingMessage): Promise<Refusal | Accepted> {
    const isChallenge = request.url === extensionPaths.prove;
    const refusal = refusalOf(request, { port: listening, token: isChallenge ? null : pairing.token() });
    if (refusal) return refusal;
    if (!(isChallenge ? mayProve() : mayPass())) return { status: 429, error: 'too_many' };
    const text = await readBody(request, MAX_BODY_BYTES);
    if (text === null) return { status: 413, error: 'too_long' };
    if (isChallenge) {
      const challenge = Challenge.safeParse(asJson(text));
      if (!challenge.success) return { status: 422, error: 'body' };
      return {
        status: 200,
        proof: proofFor(challenge.data.nonce, { port: listening, token: pairing.token() }),
      };
    }
    const origin = request.headers.origin ?? '';
    const { url: place } = request;
    if (place === extensionPaths.pair) {
      if (!Nothing.safeParse(asJson(text)).success) return { status: 422, error: 'body' };
      if (pairing.origin() === null) {
        pairing.pin(origin);
        log.info('extension.paired');
      }
      return pairing.origin() === origin ? heard() : { status: 403, error: 'other_extension' };
    }
    if (place !== extensionPaths.origins && place !== extensionPaths.page)
      return { status: 404, error: 'path' };
    if (pairing.origin() !== origin) return { status: 403, error: 'not_paired' };
    if (place === extensionPaths.origins)
      return Nothing.safeParse(asJson(text)).success ? heard() : { status: 422, error: 'body' };
    const page = Page.safeParse(asJson(text));
    const from = page.success ? (URL.parse(page.data.url)?.origin ?? '') : '';
    if (!page.success || !origins().includes(from)) return { status: 422, error: 'page' };
    onPage(page.data.url);
    return heard();
  }

  function heard(): Accepted {
    onHeard();
    return { status: 200 };
  }

  const server = http.createServer(
    { maxHeaderSize: 8_192, requestTimeout: TIMEOUT_MS, headersTimeout: TIMEOUT_MS },
    (request, response) => {
      handle(request).then(
        (outcome) => {
          const body = bodyOf(outcome, origins);
          if (outcome.status !== 200 && mayLog()) log.info('extension.refused', { code: outcome.error });
          answer(response, outcome.status, body);
        },
        // The line broke while the body was on its way.
        () => response.destroy(),
      );
    },
  );
  server.maxConnections = 32;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const { port: listening } = server.address() as AddressInfo;
  server.on('error', () => log.warn('extension.listen_failed'));
  return {
    port: listening,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Accepted {
  readonly status: 200;
  /** Where a proof was asked for and nothing else. */
  readonly proof?: string;
}

function bodyOf(
  outcome: Refusal | Accepted,
  origins: () => readonly string[],
): ExtensionAnswer | ExtensionProof | { readonly error: string } {
  if (outcome.status !== 200) return { error: outcome.error };
  const { proof } = outcome;
  return proof === undefined ? { app: 'cuecard', origins: origins() } : { app: 'cuecard', proof };
}

function answer(response: http.ServerResponse, status: number, body: object): void {
  const headers = {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    // What is left of a body that was not read is not taken for the next request, and no browser holds a line to an app that has ended.
    connection: 'close',
  };
  response.writeHead(status, headers).end(JSON.stringify(body));
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
