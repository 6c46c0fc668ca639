import type { ModelFailureCode, ModelTask } from '../../../shared/domain/model-run.js';
import type { ChatModel } from '../chat-model.js';
import { admit } from './admission.js';
import { createAskOnce, type AskOnceDeps } from './ask-once.js';
import { modelFailure } from './failure.js';
import { chooseTools, fillForm } from './parsed-answers.js';
import { forbidTracing, providers } from './providers.js';
import { resolveRoute } from './routes.js';
import { createServiceHealth, type ServiceHealth } from './service-health.js';

export interface ChatModelDeps extends Omit<AskOnceDeps, 'health' | 'providers'> {
  /** What is known of each service; shared with whoever tests connections. */
  readonly health?: ServiceHealth;
}

/** The way to every chat model ({@link ChatModel}): routing, budgets, privacy, retries and fallbacks behind one port. */
export function createChatModel(deps: ChatModelDeps): ChatModel {
  forbidTracing();
  const { settings, budget, guard, secretsOf, now } = deps;
  const { health = createServiceHealth(now) } = deps;
  const ask = createAskOnce({ ...deps, health, providers });

  /** The first reason that stands in the way of every candidate. */
  function obstacleTo(task: ModelTask): ModelFailureCode | null {
    const route = admit(settings(), budget, task, null);
    if (typeof route === 'string') return route;
    if (guard.disguise({ conversationId: '', texts: [], privateValues: [] }) === null)
      return 'MODEL_BLOCKED_BY_PRIVACY';
    const reasons = route.candidates.map(({ connection }) => {
      const { key } = secretsOf(connection);
      if (key === null && connection.needsKey) return 'MODEL_KEY_MISSING';
      return health.blocked(connection, key);
    });
    return reasons.includes(null) ? null : (reasons[0] ?? null);
  }

  return {
    isReady: (task) => obstacleTo(task) === null,
    timeLimitMs: (task) => resolveRoute(settings(), task).timeLimitMs,
    obstacle(task) {
      const code = obstacleTo(task);
      return code === null ? null : modelFailure(code);
    },
    async write(call, onText, onRestart) {
      const outcome = await ask(call, { kind: 'text' }, onText, onRestart);
      if (!outcome.ok) return outcome;
      const { text, restore, usage, keep } = outcome.value;
      keep();
      return { ok: true, value: restore(text), usage };
    },
    fill: (call) => fillForm(ask, call),
    choose: (call) => chooseTools(ask, call),
  };
}
