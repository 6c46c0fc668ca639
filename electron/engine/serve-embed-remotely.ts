import { AppErrorException } from '../../shared/errors/app-error.js';
import type { EmbedRemotely } from '../models/adapters/remote-embedder.js';
import { toResult, type CallId, type ClientFunctions } from './engine-protocol.js';

export interface RemoteEmbedding extends Pick<ClientFunctions, 'embedRemotely' | 'cancelRemote'> {
  /** Ends all that runs for a worker that is gone. */
  stop(): void;
}

/** The client's half of embedding through a service: calls are made here and may be cancelled by their id. */
export function serveEmbedRemotely(embed: EmbedRemotely | undefined): RemoteEmbedding {
  const running = new Map<CallId, AbortController>();
  return {
    async embedRemotely(call, settings, texts, role) {
      const controller = new AbortController();
      running.set(call, controller);
      try {
        return await toResult(() => {
          if (!embed) throw new AppErrorException('EMBEDDER_UNREACHABLE', 'this process uses no network');
          return embed(settings, texts, role, controller.signal);
        });
      } finally {
        running.delete(call);
      }
    },
    cancelRemote: (call) => running.get(call)?.abort(),
    stop() {
      for (const controller of running.values()) controller.abort();
    },
  };
}
