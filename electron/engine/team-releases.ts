import { setTimeout as wait } from 'node:timers/promises';

import type { Team } from '../../shared/domain/team.js';
import { AppErrorException, errorCodeOf, type AppError } from '../../shared/errors/app-error.js';
import type { Logger } from '../../shared/lib/logger.js';
import { decodeItem, isTeamKey, teamInForce } from '../../release/team-segments.js';
import type { ReleasedKnowledge, ReleaseRequest } from '../knowledge/release/released-knowledge.js';
import { openStagedSegments } from '../knowledge/release/staged-segments.js';
import type { ReleaseItem } from '../knowledge/store/release-store.js';
import type { Embedder } from '../models/embedder.js';
import type { IntentClassifier } from '../models/intent-classifier.js';
import type { ReleasedTeam, ReleaseListener } from './engine.js';
import { prepareTeamClassifier, type PreparedClassifier } from './team-classifier.js';

export interface TeamReleasesDeps {
  readonly workspaceDir: string;
  /** What fills the gaps of a release, and is the team before the first. */
  readonly team: Team;
  readonly knowledge: ReleasedKnowledge;
  readonly embedder: Embedder | null;
  /** Why there is no embedder. */
  readonly problem: AppError | null;
  readonly listener: ReleaseListener;
  readonly log: Logger;
}

/** Which team is in force, with its classifier. */
export interface TeamReleases {
  team(): Promise<ReleasedTeam | null>;
  /**
   * Of a release in force now or just before, or of the one in force when none is named.
   * @throws AppErrorException KNOWLEDGE_EMBEDDER_MISSING.
   */
  classifier(release?: number | null): Promise<IntentClassifier>;
  /** Applies a release; its team's classifier is made ready meanwhile, and comes into force with the knowledge. */
  apply(...given: Parameters<ApplyWithoutTeam>): ReturnType<ApplyWithoutTeam>;
  /** Resolves when nothing is being trained or saved. */
  settled(): Promise<void>;
}

type ApplyWithoutTeam = (
  request: ReleaseRequest,
  onProgress: (done: number, total: number) => void,
  signal?: AbortSignal,
) => ReturnType<ReleasedKnowledge['apply']>;

/** The one in force and the one before, for runs that began with it. */
const CLASSIFIERS_KEPT = 2;
/** Who takes longer than this to get ready for a team gets ready after it came. */
const COMING_LIMIT_MS = 5000;

export function createTeamReleases(deps: TeamReleasesDeps): TeamReleases {
  const { workspaceDir, knowledge, embedder, problem, listener, log } = deps;
  const classifiers = new Map<number | null, Promise<PreparedClassifier>>();
  let working: Promise<unknown> = Promise.resolve();

  const prepare = (team: Team): Promise<PreparedClassifier> => {
    const prepared = embedder
      ? prepareTeamClassifier({ workspaceDir, team, embedder, log })
      : Promise.reject(new AppErrorException('KNOWLEDGE_EMBEDDER_MISSING', problem?.detail));
    // Nobody may ever ask for it; whoever does gets the error.
    prepared.catch(() => undefined);
    working = Promise.allSettled([working, prepared]);
    return prepared;
  };
  const takeInForce = (release: number | null, prepared: Promise<PreparedClassifier>): void => {
    classifiers.delete(release);
    classifiers.set(release, prepared);
    for (const old of [...classifiers.keys()].slice(0, -CLASSIFIERS_KEPT)) classifiers.delete(old);
    const saved = prepared.then(
      (ready) => ready.save(),
      () => undefined,
    );
    working = Promise.allSettled([working, saved]);
  };
  const teamFrom = (items: readonly ReleaseItem[]): Team =>
    teamInForce(
      items.filter(({ key }) => isTeamKey(key)).map(({ key, content }) => decodeItem(key, content)),
      deps.team,
    );

  const stored = async (): Promise<ReleasedTeam | null> => {
    const release = await knowledge.release();
    return release && { release: release.number, team: teamFrom(await knowledge.items()) };
  };
  const opened = stored().then((released) => {
    listener.inForce(released);
    takeInForce(released?.release ?? null, prepare(released?.team ?? deps.team));
  });
  opened.catch((cause: unknown) => log.error('team.not_read', { code: errorCodeOf(cause) }));

  /** The team's items as they will be. */
  const itemsAfter = async ({ stagingFile, changed, removed }: ReleaseRequest): Promise<ReleaseItem[]> => {
    const segments = openStagedSegments(stagingFile);
    try {
      const items = new Map((await knowledge.items()).map((item) => [item.key, item]));
      for (const key of removed) items.delete(key);
      for (const entry of changed)
        if (isTeamKey(entry.key)) items.set(entry.key, { key: entry.key, content: segments.content(entry) });
      return [...items.values()];
    } finally {
      segments.close();
    }
  };

  const prepareFor = (request: ReleaseRequest) => async () => {
    const { number: release } = JSON.parse(request.signed.manifest) as { number: number };
    const team = teamFrom(await itemsAfter(request));
    const prepared = prepare(team);
    const coming = listener.coming({ release, team }).catch((cause: unknown) => {
      log.warn('team.not_prepared', { code: errorCodeOf(cause) });
    });
    // Without the embedder there is no classifier before and none after.
    await prepared.catch((cause: unknown) => {
      if (embedder) throw cause;
    });
    await Promise.race([coming, wait(COMING_LIMIT_MS, undefined, { ref: false })]);
    return () => {
      takeInForce(release, prepared);
      listener.inForce({ release, team });
    };
  };

  return {
    team: stored,
    async classifier(release) {
      await opened;
      const inForce = [...classifiers.values()].at(-1);
      const found = (release === undefined ? undefined : classifiers.get(release)) ?? inForce;
      if (!found) throw new AppErrorException('KNOWLEDGE_EMBEDDER_MISSING', problem?.detail);
      return (await found).classifier;
    },
    async apply(request, onProgress, signal) {
      await opened;
      return knowledge.apply(request, onProgress, signal, prepareFor(request));
    },
    async settled() {
      await opened.catch(() => undefined);
      await working;
    },
  };
}
