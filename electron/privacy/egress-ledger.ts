import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { deflateRaw } from 'node:zlib';

import { AppErrorException } from '../../shared/errors/app-error.js';
import type { Logger } from '../../shared/lib/logger.js';
import type { EgressLedger, EgressPurpose } from '../models/outbound-port.js';
import type { LedgerStore, NewEntry } from './ledger-store.js';
import { maskedHeaders, maskedPath } from './mask-secrets.js';
import { outgoingRequest, type OutgoingRequest } from './outgoing-request.js';
import { failureOf, watchedAnswer } from './watched-answer.js';

export interface EgressLedgerDeps {
  readonly store: LedgerStore;
  readonly log: Logger;
  readonly now: () => Date;
  /** Whether a request of this kind may leave at all; whoever asks should know before, this is the last door. */
  readonly maySend?: (kind: EgressPurpose['kind']) => boolean;
  /** Told whenever the ledger has something new. */
  readonly onChanged?: () => void;
  /** What really sends; the platform's own when left out. */
  readonly send?: typeof fetch;
}

const pack = promisify(deflateRaw);
/** Smaller bodies are not worth packing. */
const PACK_FROM_BYTES = 512;

/**
 * Writes every request down before it leaves. A request that cannot be written down is not sent: `fetch` then rejects with an
 * AppErrorException LEDGER_NOT_WRITABLE. Redirects are refused, since they would carry the body to an address nobody chose and the ledger
 * does not name.
 */
export function createEgressLedger(deps: EgressLedgerDeps): EgressLedger {
  const { store, log, now, onChanged = () => undefined, maySend = () => true, send = fetch } = deps;

  const writeDown = async (request: OutgoingRequest, purpose: EgressPurpose): Promise<number> => {
    const bytes = Buffer.from(request.body ?? new Uint8Array());
    const isPacked = bytes.byteLength >= PACK_FROM_BYTES;
    const entry: NewEntry = {
      at: now().toISOString(),
      ...{ kind: purpose.kind, task: purpose.task, runId: purpose.runId },
      ...{ conversationId: purpose.conversationId, method: request.method },
      ...{ host: request.url.host, path: maskedPath(request.url), headers: maskedHeaders(request.headers) },
      ...{ replaced: purpose.replaced, kept: purpose.kept ?? {} },
      bodyBytes: bytes.byteLength,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      body: isPacked ? { packing: 'deflate', bytes: await pack(bytes) } : { packing: 'none', bytes },
    };
    try {
      return store.add(entry);
    } catch (cause) {
      log.error('ledger.not_written', { code: 'LEDGER_NOT_WRITABLE' });
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new AppErrorException('LEDGER_NOT_WRITABLE', reason, { cause });
    }
  };

  /** What comes after the request has left must not fail the call it belongs to. */
  const note = (write: () => void): void => {
    try {
      write();
      onChanged();
    } catch {
      log.warn('ledger.answer_not_written', { code: 'LEDGER_NOT_WRITABLE' });
    }
  };

  return {
    fetchFor: (purpose) => async (input, init) => {
      if (!maySend(purpose.kind)) throw new AppErrorException('PRIVACY_BLOCKED');
      const request = await outgoingRequest(input, init);
      request.init.signal?.throwIfAborted();
      const id = await writeDown(request, purpose);
      onChanged();
      const startedAt = performance.now();
      const end = (status: number | null, answerBytes: number, failure: string | null): void =>
        note(() =>
          store.end(id, { status, answerBytes, failure, durationMs: performance.now() - startedAt }),
        );
      try {
        const { url, method, headers, body } = request;
        const redirect = request.init.redirect === 'manual' ? 'manual' : 'error';
        const answer = await send(url, { ...request.init, method, headers, body, redirect });
        return watchedAnswer(answer, ({ bytes, failure }) => end(answer.status, bytes, failure));
      } catch (cause) {
        end(null, 0, failureOf(cause));
        throw cause;
      }
    },
    settle(runId, task, usage) {
      note(() => void store.settle(runId, task, usage));
    },
  };
}
