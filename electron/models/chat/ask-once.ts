import type { ModelFailureCode, ModelTask, ModelUsage } from '../../../shared/domain/model-run.js';
import type { ModelConnection, ModelProtocol, ModelSettings } from '../../../shared/domain/model-settings.js';
import type { Logger } from '../../../shared/lib/logger.js';
import type { ChatCall } from '../chat-model.js';
import type { Disguised, EgressLedger, OutboundGuard } from '../outbound-port.js';
import { countTurns, type TokenCounter } from '../token-budget.js';
import { admit, estimateOf, limitsFor } from './admission.js';
import { holdsNothingPrivate, isShareable, keeperFor } from './answer-keeper.js';
import type { AnswerCache } from '../answer-cache.js';
import { askChain, type ChainResult } from './ask-chain.js';
import type { AskDeps, Spent } from './ask-model.js';
import type { ModelBudget } from '../model-budget.js';
import { costMicros } from './cost.js';
import { createDelivery, type Delivery } from './delivery.js';
import { modelFailure } from './failure.js';
import { deadline } from '../../deadline.js';
import type { ConnectionSecrets } from '../key-vault.js';
import type { AskProvider } from './provider.js';
import type { AskOnce, RawOutcome } from './raw-answer.js';
import type { ResolvedRoute } from './routes.js';
import type { ServiceHealth } from './service-health.js';
import { createUsageSum } from './usage-sum.js';
import type { Wanted } from './wanted.js';

export interface AskOnceDeps {
  /** In force now; a change counts from the next call on. */
  readonly settings: () => ModelSettings;
  readonly secretsOf: (connection: ModelConnection) => ConnectionSecrets;
  readonly guard: OutboundGuard;
  readonly ledger: EgressLedger;
  readonly budget: ModelBudget;
  /** Null keeps no answers. */
  readonly cache: AnswerCache | null;
  readonly tokens: TokenCounter;
  readonly log: Logger;
  readonly now: () => Date;
  readonly providers: Readonly<Record<ModelProtocol, AskProvider>>;
  readonly health: ServiceHealth;
}

/**
 * One call's way: route and budget, privacy guard, cache, ledger, provider, private values put back, usage written down. A call
 * that cannot be made ends as a value with its code; nothing is thrown for what a service, a network or a model may do.
 */
export function createAskOnce(deps: AskOnceDeps): AskOnce {
  const { settings, guard, ledger, budget, cache, log } = deps;
  return async (call, wanted, onText, onRestart) => {
    const startedAt = performance.now();
    const elapsed = (): number => performance.now() - startedAt;
    const refuse = (code: ModelFailureCode): RawOutcome => {
      if (code !== 'MODEL_CANCELLED')
        log.warn('model.no_answer', { ...fieldsOf(call), code, durationMs: Math.round(elapsed()) });
      return { ok: false, failure: modelFailure(code) };
    };
    if (call.signal.aborted) return refuse('MODEL_CANCELLED');
    const toRead = countTurns(
      deps.tokens,
      call.turns.map(({ text }) => text),
    );
    const route = admit(settings(), budget, call.task, toRead);
    if (typeof route === 'string') return refuse(route);
    const disguised = guard.disguise({
      ...{ conversationId: call.conversationId, privateValues: call.privateValues },
      texts: call.turns.map(({ text }) => text),
    });
    if (disguised === null) return refuse('MODEL_BLOCKED_BY_PRIVACY');
    const restore = (text: string): string => disguised.restore(text);

    const isShared = settings().usesCache && isShareable(call.cacheKey, disguised);
    const keeper = isShared && cache ? keeperFor(cache, call, wanted, route, deps.now()) : null;
    const kept = keeper?.find() ?? null;
    if (kept) {
      onText?.(restore(kept.text));
      const usage = { ...kept.usage, ...NOTHING_USED, durationMs: elapsed() };
      const leftMs = route.timeLimitMs;
      return {
        ok: true,
        value: { text: kept.text, tools: [], ...{ restore, usage, leftMs }, keep: () => undefined },
      };
    }

    const sum = createUsageSum();
    const delivery = createDelivery(() => disguised.restoreStream(), onText, onRestart);
    const limit = deadline(route.timeLimitMs, call.signal);
    const { signal } = limit;
    const outside = { call, wanted, route, disguised, delivery, signal, add: sum.add };
    // What a cancelled call has used is known a moment after its caller went on.
    const asking = askOutside(deps, outside).finally(() => {
      limit.clear();
      if (sum.hasAny()) ledger.settle(call.runId, call.task, sum.total());
    });
    const result = await Promise.race([asking, ended(signal)]);
    if (result === null || result.failure === 'MODEL_CANCELLED')
      return refuse(isAborted(call.signal) ? 'MODEL_CANCELLED' : 'MODEL_TIME_LIMIT');
    if (result.failure !== null) return refuse(result.failure);
    const { answer, attempts } = result;
    const { connection, choice } = answer.candidate;
    const usage: ModelUsage = {
      ...{ provider: connection.name, model: choice.model, ...sum.total() },
      ...{ durationMs: elapsed(), attempts, fromCache: false },
    };
    const { inputTokens, outputTokens } = usage;
    log.info('model.answered', {
      ...{ ...fieldsOf(call), attempts, inputTokens, outputTokens },
      durationMs: Math.round(usage.durationMs),
    });
    const { text, tools } = answer;
    const leftMs = Math.max(0, Math.round(route.timeLimitMs - usage.durationMs));
    const keep = (): void => {
      if (keeper && isPublic(text, call, guard)) keeper.keep({ text, usage });
    };
    return { ok: true, value: { text, tools, restore, usage, leftMs, keep } };
  };
}

interface OutsideCall {
  readonly call: ChatCall;
  readonly wanted: Wanted;
  readonly route: ResolvedRoute;
  readonly disguised: Disguised;
  readonly delivery: Delivery;
  readonly signal: AbortSignal;
  readonly add: (usage: Pick<ModelUsage, 'inputTokens' | 'outputTokens' | 'costMicros'>) => void;
}

function askOutside(deps: AskOnceDeps, outside: OutsideCall): Promise<ChainResult> {
  const { settings, budget, ledger, now } = deps;
  const { call, wanted, route, disguised, delivery, signal, add } = outside;
  const note = (task: ModelTask, { candidate, ...used }: Spent): void => {
    const { connection, choice } = candidate;
    const cost = costMicros(choice.model, used, settings().prices);
    add({ ...used, costMicros: cost });
    budget.note({ task, provider: connection.name, model: choice.model, ...used, costMicros: cost });
  };
  const askDeps: AskDeps = {
    ...{ health: deps.health, tokens: deps.tokens, providers: deps.providers, now },
    secretsOf: ({ connection }) => deps.secretsOf(connection),
    reserve(candidate, inputTokens) {
      const estimate = estimateOf(candidate, inputTokens, route, settings());
      return budget.reserve(limitsFor(candidate, settings()), estimate);
    },
    onSpent: (spent) => note(call.task, spent),
  };
  const ask = {
    ...{ wanted, route, delivery },
    turns: call.turns.map(({ role }, at) => ({ role, text: disguised.texts[at] ?? '' })),
    language: call.expectLanguage ?? null,
    deadline: now().getTime() + route.timeLimitMs,
    fetch: ledger.fetchFor({
      ...{ kind: 'chat', ...fieldsOf(call) },
      ...{ replaced: disguised.replaced, kept: disguised.kept ?? {} },
    }),
  };
  return askChain(askDeps, ask, signal);
}

const NOTHING_USED = { inputTokens: 0, outputTokens: 0, costMicros: 0, fromCache: true } as const;

const fieldsOf = ({
  task,
  runId,
  conversationId,
}: ChatCall): Pick<ChatCall, 'task' | 'runId' | 'conversationId'> => ({
  ...{ task, runId, conversationId },
});

/** Nothing private in the answer either: a model may have been told of a customer in ways no guard sees. */
function isPublic(text: string, { conversationId, privateValues }: ChatCall, guard: OutboundGuard): boolean {
  const disguised = guard.disguise({ conversationId, texts: [text], privateValues });
  return disguised !== null && holdsNothingPrivate(disguised);
}

/** Resolves to null once the signal ends the call, whatever a package or a pause still waits for. */
const ended = (signal: AbortSignal): Promise<null> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve(null);
    else signal.addEventListener('abort', () => resolve(null), { once: true });
  });

/** As a function, since it changes between two looks. */
const isAborted = (signal: AbortSignal): boolean => signal.aborted;
