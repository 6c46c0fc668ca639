import OpenAI, { APIConnectionError, APIError, APIUserAbortError } from 'openai';
import { z } from 'zod';

import type { OpenAiCompatible } from '../../../shared/domain/embedder-settings.js';
import { AppErrorException } from '../../../shared/errors/app-error.js';
import type { TextRole } from '../embedder.js';
import type { Disguised, EgressLedger, TextGuard } from '../outbound-port.js';
import { readEmbeddings } from './embedding-rows.js';

export interface EmbeddingServiceOptions {
  readonly settings: OpenAiCompatible;
  /** Asked for at each use, so that a key entered later counts; null when there is none. */
  readonly apiKey: () => string | null;
  /** What guards and writes down all that is sent. */
  readonly outbound: Outbound;
}

/** The way out of this machine. */
export interface Outbound {
  readonly guard: TextGuard;
  readonly ledger: Pick<EgressLedger, 'fetchFor'>;
}

/** One service, asked for the vectors of a few texts at a time. */
export interface EmbeddingService {
  /**
   * Unit vectors in order, each of `dimensions` numbers; null takes whatever all of them have.
   * @throws AppErrorException EMBEDDER_KEY_MISSING, EMBEDDER_REFUSED, EMBEDDER_UNREACHABLE, EMBEDDER_BAD_ANSWER,
   * SUGGESTION_CANCELLED, PRIVACY_BLOCKED, LEDGER_NOT_WRITABLE.
   */
  ask(texts: readonly string[], request: EmbeddingRequest): Promise<Float32Array[]>;
}

export interface EmbeddingRequest {
  /** What the texts are; `trial` when a person waits to see whether the service works at all. */
  readonly role: TextRole | 'trial';
  readonly dimensions: number | null;
  readonly signal: AbortSignal;
}

/**
 * A rep waits for a question, so it is asked once and soon given up; search then goes on by words. Nobody waits for
 * passages: they are asked for again, ever later and not all at once (the package's backoff with jitter, `Retry-After`).
 * At a trial a local service may first have to load its model.
 */
const PATIENCE: Readonly<
  Record<EmbeddingRequest['role'], { readonly timeout: number; readonly maxRetries: number }>
> = {
  query: { timeout: 2000, maxRetries: 0 },
  passage: { timeout: 60_000, maxRetries: 5 },
  trial: { timeout: 30_000, maxRetries: 0 },
};
const NO_KEY = 'none';

/** The outer form only; rows are looked at one by one in {@link readEmbeddings}. */
const Answer = z.object({ data: z.array(z.object({ index: z.int(), embedding: z.unknown() })) });

export function createEmbeddingService({
  settings,
  apiKey,
  outbound,
}: EmbeddingServiceOptions): EmbeddingService {
  /** Base64 is a third of the size; a service that does not know it is asked for plain numbers from then on. */
  let format: 'base64' | 'float' = 'base64';

  const askOnce = async (
    texts: readonly string[],
    { role, dimensions, signal }: EmbeddingRequest,
  ): Promise<Float32Array[]> => {
    const key = apiKey();
    if (key === null && settings.keyVariable !== null)
      throw new AppErrorException('EMBEDDER_KEY_MISSING', settings.keyVariable);
    const sent = leaving(texts, role, outbound.guard);
    const client = new OpenAI({
      fetch: outbound.ledger.fetchFor({
        kind: role === 'trial' ? 'connection_test' : 'embedding',
        ...{ task: null, runId: null, conversationId: null },
        ...{ replaced: sent.replaced, kept: sent.kept },
      }),
      baseURL: settings.baseUrl,
      apiKey: key ?? NO_KEY,
      // Without these the package would take them from the environment and send them to any service.
      organization: null,
      project: null,
      // What a customer wrote goes to the address that was chosen and nowhere else.
      fetchOptions: { redirect: 'error' },
      logLevel: 'off',
    });
    const answer: unknown = await client.embeddings.create(
      {
        model: settings.model,
        input: [...sent.texts],
        encoding_format: format,
        ...(settings.asksForDimensions ? { dimensions: settings.dimensions } : {}),
      },
      { ...PATIENCE[role], signal },
    );
    const parsed = Answer.safeParse(answer);
    if (!parsed.success)
      throw new AppErrorException('EMBEDDER_BAD_ANSWER', 'the answer has no list of embeddings');
    return readEmbeddings(parsed.data.data, { count: texts.length, dimensions });
  };

  const askInParts = async (texts: readonly string[], request: EmbeddingRequest): Promise<Float32Array[]> => {
    try {
      return await askOnce(texts, request);
    } catch (cause) {
      const status = cause instanceof APIError ? Number(cause.status) : 0;
      if (status === 400 && format === 'base64') {
        format = 'float';
        return askInParts(texts, request);
      }
      if (status !== 413 || texts.length < 2) throw cause;
      // The service takes less at a time than it is configured for.
      const half = Math.ceil(texts.length / 2);
      const first = await askInParts(texts.slice(0, half), request);
      return [...first, ...(await askInParts(texts.slice(half), request))];
    }
  };

  return {
    ask: (texts, request) =>
      askInParts(texts, request).catch((cause: unknown) => {
        throw translate(cause, settings.baseUrl);
      }),
  };
}

/**
 * What is sent of texts: of a question what the guard leaves of it; passages are the team's knowledge and no customer's, and go as they are.
 * @throws AppErrorException PRIVACY_BLOCKED.
 */
function leaving(
  texts: readonly string[],
  role: EmbeddingRequest['role'],
  guard: TextGuard,
): Pick<Disguised, 'texts' | 'replaced'> & { readonly kept: Readonly<Record<string, number>> } {
  if (!guard.maySend()) throw new AppErrorException('PRIVACY_BLOCKED');
  if (role !== 'query') return { texts, replaced: {}, kept: {} };
  const disguised = guard.disguiseOnce(texts);
  if (!disguised) throw new AppErrorException('PRIVACY_BLOCKED');
  return { ...disguised, kept: disguised.kept ?? {} };
}

function translate(cause: unknown, baseUrl: string): unknown {
  if (cause instanceof APIUserAbortError) return new AppErrorException('SUGGESTION_CANCELLED');
  // What the ledger says of a request that did not leave.
  if (cause instanceof APIConnectionError && cause.cause instanceof AppErrorException) return cause.cause;
  if (cause instanceof APIConnectionError)
    return new AppErrorException('EMBEDDER_UNREACHABLE', `${baseUrl}: ${cause.message}`, { cause });
  if (cause instanceof APIError) {
    const status = Number(cause.status);
    // The body may repeat what was sent, so only the status is told.
    return new AppErrorException(
      status === 429 || status >= 500 ? 'EMBEDDER_UNREACHABLE' : 'EMBEDDER_REFUSED',
      `${baseUrl}: HTTP ${String(status)}`,
      { cause },
    );
  }
  if (cause instanceof SyntaxError)
    return new AppErrorException('EMBEDDER_BAD_ANSWER', 'the answer is not JSON', { cause });
  return cause;
}
