import type { ChatModel } from '../chat-model.js';
import { admit } from './admission.js';
import { createAskOnce, type AskOnceDeps } from './ask-once.js';
import { chooseTools, fillForm } from './parsed-answers.js';
import { forbidTracing, providers } from './providers.js';
import { createServiceHealth } from './service-health.js';

export type ChatModelDeps = Omit<AskOnceDeps, 'health' | 'providers'>;

/** The way to every chat model ({@link ChatModel}): routing, budgets, privacy, retries and fallbacks behind one port. */
export function createChatModel(deps: ChatModelDeps): ChatModel {
  forbidTracing();
  const { settings, budget, guard, secretsOf, now } = deps;
  const health = createServiceHealth(now);
  const ask = createAskOnce({ ...deps, health, providers });
  return {
    isReady(task) {
      const route = admit(settings(), budget, task, null);
      if (typeof route === 'string') return false;
      if (guard.disguise({ conversationId: '', texts: [], privateValues: [] }) === null) return false;
      return route.candidates.some(({ connection }) => {
        const { key } = secretsOf(connection);
        return (key !== null || !connection.needsKey) && health.blocked(connection, key) === null;
      });
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
