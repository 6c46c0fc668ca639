import type { AssistBridge, RouteName, RouteResult } from '../../shared/contracts/ipc/index.js';
import { ipcErrors } from '../../shared/errors/ipc-errors.js';

declare global {
  interface Window {
    readonly assist: AssistBridge;
  }
}

/**
 * The window's one way to main. A request that main could not answer at all comes back as `IPC_INTERNAL`,
 * so that callers only ever meet values.
 */
export function createAssistClient(assist: AssistBridge = window.assist): AssistBridge {
  return {
    request: async (name, input) => {
      try {
        return await assist.request(name, input);
      } catch (error) {
        return unanswered(name, error);
      }
    },
    on: (name, listener) => assist.on(name, listener),
  };
}

function unanswered<N extends RouteName>(name: N, error: unknown): RouteResult<N> {
  const { message, next, canRetry } = ipcErrors.IPC_INTERNAL;
  const reason = error instanceof Error ? error.message : String(error);
  return {
    ok: false,
    error: { code: 'IPC_INTERNAL', message, next, canRetry, detail: `${name}: ${reason}` },
  };
}
