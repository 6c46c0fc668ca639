import type { ModelFailureCode } from '../../../shared/domain/model-run.js';
import type { ModelProtocol } from '../../../shared/domain/model-settings.js';
import { faultOf, repeatsItself, type AnswerExpectation } from './answer-checks.js';
import { classifyFailure, isNotTheProtocol, unsupportedPart, type Unsupported } from './classify-failure.js';
import type { AskProvider, ProviderEnd, ProviderRequest } from './provider.js';
import { isTimeUp } from '../../deadline.js';
import { pauseFromBody, pauseFromHeaders } from './rate-limit.js';
import { createWire, type WireRecord } from './wire.js';

/** A stream that stands still for so long in the middle is dead; servers send something every few seconds. */
const STALL_MS = 15_000;
/** A service that goes on behind the limit it was given is stopped here; no language has longer tokens on average. */
const MOST_CHARACTERS_A_TOKEN = 8;
const SLACK_CHARACTERS = 2_000;
/** A loop is looked for after so many more characters. */
const LOOP_CHECK_EVERY = 256;

/** What one request to one model came to. */
export interface AttemptResult {
  readonly failure: ModelFailureCode | null;
  readonly text: string;
  readonly tools: ProviderEnd['tools'];
  /** Null when the service did not say; the caller estimates. */
  readonly usage: ProviderEnd['usage'];
  /** Cut off at its own limit: asking the same again would end the same. */
  readonly reachedLimit: boolean;
  /** Whether the request went out at all, so that its input was paid for. */
  readonly wasSent: boolean;
  /** How long the service wants to be left alone. */
  readonly pauseMs: number | null;
  /** The part of the request it does not know. */
  readonly unsupported: Unsupported | null;
  readonly wire: WireRecord;
}

export interface AttemptOptions extends AnswerExpectation {
  readonly providers: Readonly<Record<ModelProtocol, AskProvider>>;
  readonly request: Omit<ProviderRequest, 'signal' | 'fetch'>;
  /** The ledger's. */
  readonly fetch: typeof fetch;
  /** The caller's: a cancelled call, or its time limit. */
  readonly signal: AbortSignal;
  /** Without a piece by then it is given up; null waits as long as the signal does. */
  readonly firstPieceMs: number | null;
  readonly onPiece: (piece: string) => void;
  readonly now: () => Date;
}

/** Asks one model once. Never throws for what a service, a network or a model may do. */
export async function attempt(options: AttemptOptions): Promise<AttemptResult> {
  const { providers, request, signal, firstPieceMs, onPiece, now } = options;
  const giveUp = new AbortController();
  const givenUp: { for: ModelFailureCode | null } = { for: null };
  const stop = (code: ModelFailureCode): void => {
    givenUp.for ??= code;
    giveUp.abort();
  };
  const wire = createWire(options.fetch, AbortSignal.any([signal, giveUp.signal]));
  let text = '';
  const longest = MOST_CHARACTERS_A_TOKEN * request.maxOutputTokens + SLACK_CHARACTERS;
  let timer = firstPieceMs === null ? undefined : setTimeout(stop, firstPieceMs, 'MODEL_TIME_LIMIT');
  const expectMore = (): void => {
    clearTimeout(timer);
    timer = setTimeout(stop, STALL_MS, 'MODEL_CUT_OFF');
  };
  const finished = (failure: ModelFailureCode | null, end?: ProviderEnd): AttemptResult => {
    const { record } = wire;
    return {
      ...{ failure, text, tools: end?.tools ?? [], usage: end?.usage ?? null },
      reachedLimit: end?.finish === 'length' || text.length > longest,
      wasSent: record.requests > 0,
      pauseMs: (record.headers && pauseFromHeaders(record.headers, now())) ?? pauseFromBody(record.errorBody),
      unsupported: unsupportedPart(record),
      wire: record,
    };
  };
  try {
    const stream = providers[request.connection.protocol]({
      ...request,
      signal: AbortSignal.any([signal, giveUp.signal]),
      fetch: wire.fetch,
    });
    let checkedAt = 0;
    for (;;) {
      const step = await stream.next();
      if (step.done === true) {
        const { finish, tools } = step.value;
        // A page of another service has no pieces, and so no error either.
        // Nor has one answer in a whole, from a service that cannot stream.
        const isWhole = text === '' && tools.length === 0 && /json/i.test(wire.record.contentType);
        if (finish === 'unknown' && (isNotTheProtocol(wire.record) || isWhole))
          return finished('MODEL_REQUEST_REFUSED', step.value);
        const wasBlocked = finish === 'unknown' && BLOCKED.test(wire.record.tail);
        return finished(
          faultOf(text, wasBlocked ? 'refused' : finish, options, tools.length > 0),
          step.value,
        );
      }
      expectMore();
      text += step.value;
      if (text.length > longest) {
        stop('MODEL_CUT_OFF');
        await stream.return({ finish: 'unknown', usage: null, tools: [] });
        return finished('MODEL_CUT_OFF');
      }
      onPiece(step.value);
      if (text.length - checkedAt < LOOP_CHECK_EVERY) continue;
      checkedAt = text.length;
      if (!repeatsItself(text, options.isProse)) continue;
      stop('MODEL_REPEATED_ITSELF');
      await stream.return({ finish: 'unknown', usage: null, tools: [] });
      return finished('MODEL_REPEATED_ITSELF');
    }
  } catch (cause) {
    if (signal.aborted) return finished(isTimeUp(signal) ? 'MODEL_TIME_LIMIT' : 'MODEL_CANCELLED');
    return finished(givenUp.for ?? classifyFailure(wire.record, cause));
  } finally {
    clearTimeout(timer);
    // Whatever is still open is closed: a package may have left its reader.
    giveUp.abort();
  }
}

/** Google stops without any text where its filters do; its package drops that answer. */
const BLOCKED =
  /"(blockReason|finishReason)":\s*"(SAFETY|PROHIBITED_CONTENT|BLOCKLIST|RECITATION|SPII|OTHER)"/;
