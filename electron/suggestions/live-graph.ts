import type { Team } from '../../shared/domain/team.js';
import { errorCodeOf } from '../../shared/errors/app-error.js';
import type { Logger } from '../../shared/lib/logger.js';
import type { LocalSuggestionGraph } from '../agents/create-suggestion-graph.js';
import type { SuggestionGraph } from '../agents/suggestion-graph.js';

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
  /** Makes the graph of a team. Cheap: it loads nothing before it is warmed up or run. */
  readonly build: (inForce: TeamInForce) => LocalSuggestionGraph;
  readonly modelObstacle: SuggestionGraph['modelObstacle'];
  readonly log: Logger;
}

/** The graph of the team in force. A run ends with the graph it began with, so none sees parts of two teams. */
export interface LiveGraph extends LocalSuggestionGraph {
  /** Waits for the local store, which says whose team it is. */
  inForce(): Promise<TeamInForce>;
  /** The same as far as is known now. */
  team(): Team;
  /** Makes the graph of a team that is about to come into force ready, while the one in force runs. */
  prepare(next: TeamInForce): Promise<void>;
  /** Gives runs that begin from now on the team in force; null for that of the folder. */
  use(next: TeamInForce | null): void;
  /** Gives runs that begin from now on a graph made anew of the team in force: what it was made with changed. */
  rebuild(): void;
  /** Returns the function that stops listening. */
  onChanged(listener: (inForce: TeamInForce) => void): () => void;
}

interface Current {
  readonly inForce: TeamInForce;
  readonly graph: LocalSuggestionGraph;
}

/** The first run waits for the local store. A store that cannot be read leaves the team of the folder. */
export function createLiveGraph({
  folderTeam,
  releasedTeam,
  build,
  modelObstacle,
  log,
}: LiveGraphDeps): LiveGraph {
  const listeners = new Set<(inForce: TeamInForce) => void>();
  const ofFolder: TeamInForce = { release: null, team: folderTeam };
  let known: TeamInForce | null = null;
  let current: Promise<Current> | null = null;
  let prepared: Current | null = null;

  const make = (inForce: TeamInForce): Current => ({ inForce, graph: build(inForce) });
  const now = (): Promise<Current> =>
    (current ??= releasedTeam()
      .catch((cause: unknown) => {
        log.warn('team.not_read', { code: errorCodeOf(cause) });
        return null;
      })
      .then((released) => make(released ?? ofFolder)));

  return {
    run: async (request) => (await now()).graph.run(request),
    runModel: async (request) => (await now()).graph.runModel(request),
    modelObstacle,
    warmUp: async () => (await now()).graph.warmUp(),
    inForce: async () => (await now()).inForce,
    team: () => (known ?? ofFolder).team,
    async prepare(next) {
      const made = make(next);
      prepared = made;
      await made.graph.warmUp();
    },
    use(next) {
      const inForce = next ?? ofFolder;
      // Told again at each start of the engine.
      if (known?.release === inForce.release) return;
      const made = prepared?.inForce.release === inForce.release ? prepared : make(inForce);
      prepared = null;
      current = Promise.resolve(made);
      known = inForce;
      log.info('team.in_force', { release: inForce.release ?? 0 });
      for (const listener of listeners) listener(inForce);
    },
    rebuild() {
      prepared = null;
      current &&= current.then(({ inForce }) => make(inForce));
    },
    onChanged(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
