import type { Team } from '../../shared/domain/team.js';
import type { Logger } from '../../shared/lib/logger.js';
import type { LocalSuggestionGraph } from '../agents/create-suggestion-graph.js';

/** The team as a release says it; `release` is null before the first, when the team's own folder counts. */
export interface TeamInForce {
  readonly release: number | null;
  readonly team: Team;
}

export interface LiveGraphDeps {
  /** What counts until a release is found, and where none is. */
  readonly folderTeam: Team;
  /** The team of the release in the local store; null without one. */
  readonly releasedTeam: () => Promise<{ readonly release: number; readonly team: Team } | null>;
  /** Makes the graph of a team. */
  readonly build: (inForce: TeamInForce) => LocalSuggestionGraph;
  readonly log: Logger;
}

/** The graph of the team in force. A run goes on with the graph it began with. */
export interface LiveGraph extends LocalSuggestionGraph {
  inForce(): Promise<TeamInForce>;
  /** Takes over the team of a release that was just applied. The graph before runs until the new one is warm. */
  follow(): Promise<TeamInForce>;
  onChanged(listener: (inForce: TeamInForce) => void): () => void;
}

interface Current {
  readonly inForce: TeamInForce;
  readonly graph: LocalSuggestionGraph;
}

/** The first run waits for the local store, which says whose team it is. A store that cannot be read leaves the team of the folder. */
export function createLiveGraph({ folderTeam, releasedTeam, build, log }: LiveGraphDeps): LiveGraph {
  const listeners = new Set<(inForce: TeamInForce) => void>();
  const read = async (): Promise<Current> => {
    const inForce = (await releasedTeam()) ?? { release: null, team: folderTeam };
    return { inForce, graph: build(inForce) };
  };
  let current: Promise<Current> | null = null;
  const now = (): Promise<Current> =>
    (current ??= read().catch((cause: unknown) => {
      log.warn('team.not_read', { code: cause instanceof Error ? cause.name : 'unknown' });
      const inForce = { release: null, team: folderTeam };
      return { inForce, graph: build(inForce) };
    }));

  return {
    run: async (request) => (await now()).graph.run(request),
    warmUp: async () => (await now()).graph.warmUp(),
    inForce: async () => (await now()).inForce,
    async follow() {
      const next = await read();
      await next.graph.warmUp();
      current = Promise.resolve(next);
      for (const listener of listeners) listener(next.inForce);
      return next.inForce;
    },
    onChanged(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
