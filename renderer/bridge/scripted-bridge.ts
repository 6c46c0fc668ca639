import type {
  AssistBridge,
  EventName,
  EventPayload,
  RouteInput,
  RouteName,
  RouteResult,
} from '../../shared/contracts/ipc/index.js';

type Answers = { [N in RouteName]?: (input: RouteInput<N>) => RouteResult<N> | Promise<RouteResult<N>> };

/** Main, as far as a store test needs it: answers that were written down, events on command, a list of what was asked. */
export interface ScriptedBridge extends AssistBridge {
  readonly asked: { readonly name: RouteName; readonly input: unknown }[];
  emit<N extends EventName>(name: N, payload: EventPayload<N>): void;
}

/**
 * Builds the stand-in for main in store tests.
 * @throws Error when a store asks for a route that has no answer.
 */
export function createScriptedBridge(answers: Answers): ScriptedBridge {
  const listeners = new Map<EventName, Set<(payload: never) => void>>();
  const asked: { name: RouteName; input: unknown }[] = [];
  return {
    asked,
    async request(name, input) {
      asked.push({ name, input });
      const answer = answers[name];
      if (!answer) throw new Error(`No answer was written for ${name}`);
      return answer(input);
    },
    on(name, listener) {
      const own = listeners.get(name) ?? new Set();
      listeners.set(name, own.add(listener));
      return () => own.delete(listener);
    },
    emit(name, payload) {
      for (const listener of listeners.get(name) ?? []) (listener as (it: typeof payload) => void)(payload);
    },
  };
}
