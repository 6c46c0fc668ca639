import { decorrelatedJitterGenerator, DelegateBackoff, handleWhenResult, retry } from 'cockatiel';

import type { ModelFailureCode } from '../../../shared/domain/model-run.js';
import type { ModelProtocol } from '../../../shared/domain/model-settings.js';
import type { ChatTurn } from '../chat-model.js';
import type { Reservation } from '../model-budget.js';
import { countTurns, type TokenCounter } from '../token-budget.js';
import { attempt, type AttemptResult } from './attempt.js';
import type { Delivery } from './delivery.js';
import { isTransient } from './failure.js';
import type { ConnectionSecrets } from '../key-vault.js';
import type { AskProvider, ProviderEnd } from './provider.js';
import type { Candidate, ResolvedRoute } from './routes.js';
import type { ServiceHealth } from './service-health.js';
import { isSendable } from './sendable-key.js';
import { shapeFor, type Wanted } from './wanted.js';

/** Attempts at one model after the first. */
const RETRIES = 2;
/** Half a second is about what a busy service needs; a rep waits. */
const BACKOFF = { initialDelay: 300, maxDelay: 4000, exponent: 2 } as const;
/** A pause that takes more of the time that is left than this is better spent on the next model. */
const LONGEST_PAUSE_SHARE = 0.4;
/** Temperature, form and limit may each be found unknown once. */
const MOST_ADAPTATIONS = 3;

/** What one request used, told or estimated. */
export interface Spent {
  readonly candidate: Candidate;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** One call as all models of its chain are asked. */
export interface Ask {
  readonly wanted: Wanted;
  /** As they leave: private values replaced. */
  readonly turns: readonly ChatTurn[];
  readonly language: string | null;
  readonly route: ResolvedRoute;
  /** When the call must have ended, by the clock of `now`. */
  readonly deadline: number;
  readonly fetch: typeof fetch;
  readonly delivery: Delivery;
}

export interface AskDeps {
  readonly providers: Readonly<Record<ModelProtocol, AskProvider>>;
  readonly health: ServiceHealth;
  readonly secretsOf: (candidate: Candidate) => ConnectionSecrets;
  readonly tokens: TokenCounter;
  /** Holds back what a request to it may use of today's limit; null when that would pass it. */
  readonly reserve: (candidate: Candidate, inputTokens: number) => Reservation | null;
  readonly onSpent: (spent: Spent) => void;
  readonly now: () => Date;
}

export interface ModelAnswer {
  readonly failure: ModelFailureCode | null;
  readonly candidate: Candidate;
  readonly text: string;
  readonly tools: ProviderEnd['tools'];
  readonly attempts: number;
}

/** Asks one model, again after a pause where that can help, within the time of the call. Never throws. */
export async function askModel(
  deps: AskDeps,
  ask: Ask,
  candidate: Candidate,
  options: { readonly signal: AbortSignal; readonly firstPieceMs: number | null },
): Promise<ModelAnswer> {
  const { health, now } = deps;
  const { connection, choice } = candidate;
  const { signal } = options;
  const secrets = deps.secretsOf(candidate);
  let attempts = 0;
  const failed = (failure: ModelFailureCode): ModelAnswer => ({
    ...{ failure, candidate, attempts },
    ...{ text: '', tools: [] },
  });
  if (connection.needsKey && secrets.key === null) return failed('MODEL_NOT_SET_UP');
  if (!isSendable(secrets.key)) return failed('MODEL_KEY_REFUSED');
  const inputTokens = countTurns(
    deps.tokens,
    ask.turns.map(({ text }) => text),
  );
  if (inputTokens + ask.route.maxOutputTokens > choice.contextTokens) return failed('MODEL_TOO_LONG');

  const once = async (): Promise<AttemptResult | ModelFailureCode> => {
    if (signal.aborted) return 'MODEL_CANCELLED';
    const blocked = health.blocked(connection, secrets.key);
    if (blocked !== null) return blocked;
    const lacking = health.unsupported(connection, choice.model);
    const { shape, instructions } = shapeFor(ask.wanted, connection.protocol, !lacking.has('form'));
    const owner = options;
    const reservation = deps.reserve(candidate, inputTokens);
    if (reservation === null) return 'MODEL_OVER_BUDGET';
    const sink = ask.delivery.open(owner);
    try {
      const result = await health.watch(connection, secrets.key, () => {
        attempts += 1;
        return attempt({
          providers: deps.providers,
          request: {
            ...{ connection, secrets, shape },
            model: choice.model,
            turns: [...ask.turns, ...instructions],
            temperature: lacking.has('temperature') ? null : ask.route.temperature,
            maxOutputTokens: ask.route.maxOutputTokens,
            usesCompletionLimit: lacking.has('max_tokens'),
          },
          ...{ fetch: ask.fetch, signal, firstPieceMs: options.firstPieceMs, now },
          ...{ language: ask.language, isProse: ask.wanted.kind === 'text' },
          onPiece: (piece) => sink.push(piece),
        });
      });
      if (typeof result === 'string') return result;
      if (wasPaidFor(result)) deps.onSpent({ candidate, ...usageOf(result, inputTokens, deps.tokens) });
      if (result.failure !== null) sink.abandon();
      return result;
    } finally {
      // After what was used is noted, so that a call beside this one never sees neither.
      reservation.release();
    }
  };

  const adapting = async (): Promise<AttemptResult | ModelFailureCode> => {
    for (let adaptations = 0; ; adaptations += 1) {
      const result = await once();
      if (typeof result === 'string' || result.unsupported === null || adaptations === MOST_ADAPTATIONS)
        return result;
      if (health.unsupported(connection, choice.model).has(result.unsupported)) return result;
      health.learnUnsupported(connection, choice.model, result.unsupported);
    }
  };

  const policy = retry(
    handleWhenResult((result) => {
      if (typeof result === 'string') return false;
      const { failure, pauseMs, reachedLimit } = result as AttemptResult;
      if (failure === null || !isTransient(failure) || reachedLimit || signal.aborted) return false;
      const left = ask.deadline - now().getTime();
      return ask.delivery.canRestart() && (pauseMs ?? BACKOFF.initialDelay) <= left * LONGEST_PAUSE_SHARE;
    }),
    {
      maxAttempts: RETRIES,
      backoff: new DelegateBackoff(({ result }, state: [number, number] | undefined) => {
        const [jittered, next] = decorrelatedJitterGenerator(state, {
          ...BACKOFF,
          generator: decorrelatedJitterGenerator,
        });
        const asked = 'value' in result ? (result.value as AttemptResult).pauseMs : null;
        return { delay: Math.max(jittered, asked ?? 0), state: next };
      }),
    },
  );
  const result = await policy.execute(adapting, signal);
  if (typeof result === 'string') return failed(result);
  const { failure, text, tools } = result;
  return { failure, candidate, text, tools, attempts };
}

/** A refused request costs nothing; one that was answered, or broke off after it was sent, does. */
const wasPaidFor = ({ wasSent, wire, text }: AttemptResult): boolean =>
  wasSent && (text !== '' || (wire.status !== null && wire.status < 400));

const usageOf = (
  { usage, text, tools }: AttemptResult,
  inputTokens: number,
  tokens: TokenCounter,
): { readonly inputTokens: number; readonly outputTokens: number } =>
  usage ?? {
    inputTokens,
    outputTokens: tokens.count(text) + tools.reduce((sum, { input }) => sum + tokens.count(input), 0),
  };
