import type { Team } from '../../shared/domain/team.js';
import { AppErrorException, type AppError } from '../../shared/errors/app-error.js';
import type { Logger } from '../../shared/lib/logger.js';
import { decodeItem, isTeamKey, teamOf } from '../../release/team-segments.js';
import type { ReleasedKnowledge, ReleaseRequest } from '../knowledge/release/released-knowledge.js';
import { openStagedSegments } from '../knowledge/release/staged-segments.js';
import type { ReleaseItem, StoredRelease } from '../knowledge/store/release-store.js';
import type { Embedder } from '../models/embedder.js';
import type { IntentClassifier } from '../models/intent-classifier.js';
import type { ReleasedTeam } from './engine.js';
import { prepareTeamClassifier } from './team-classifier.js';

export interface TeamReleasesDeps {
  readonly workspaceDir: string;
  /** What fills the gaps of a release, and is the team before the first. */
  readonly team: Team;
  readonly knowledge: ReleasedKnowledge;
  readonly embedder: Embedder | null;
  /** Why there is no embedder. */
  readonly problem: AppError | null;
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
  /** Applies a release once its team's classifier is ready, so that knowledge and team change together. */
  apply: ReleasedKnowledge['apply'];
  /** Resolves when nothing is being trained. */
  settled(): Promise<void>;
}

/** The one in force and the one before, for runs that began with it. */
const CLASSIFIERS_KEPT = 2;

export function createTeamReleases(deps: TeamReleasesDeps): TeamReleases {
  const { workspaceDir, knowledge, embedder, problem, log } = deps;
  const classifiers = new Map<number | null, Promise<IntentClassifier>>();

  const prepare = (team: Team): Promise<IntentClassifier> =>
    embedder
      ? prepareTeamClassifier({ workspaceDir, team, embedder, log })
      : Promise.reject(new AppErrorException('KNOWLEDGE_EMBEDDER_MISSING', problem?.detail));
  const takeInForce = (release: number | null, classifier: Promise<IntentClassifier>): void => {
    // Nobody may ever ask for it; whoever does gets the error.
    classifier.catch(() => undefined);
    classifiers.delete(release);
    classifiers.set(release, classifier);
    for (const old of [...classifiers.keys()].slice(0, -CLASSIFIERS_KEPT)) classifiers.delete(old);
  };
  const teamFrom = (items: readonly ReleaseItem[]): Team =>
    teamOf(
      items.filter(({ key }) => isTeamKey(key)).map(({ key, content }) => decodeItem(key, content)),
      deps.team,
    );

  const stored = async (): Promise<ReleasedTeam | null> => {
    const release = await knowledge.release();
    return release && { release: release.number, team: teamFrom(await knowledge.items()) };
  };
  const opened = stored().then(async (released) => {
    takeInForce(released?.release ?? null, prepare(released?.team ?? deps.team));
    await classifiers.get(released?.release ?? null)?.catch(() => undefined);
  });
  opened.catch((cause: unknown) => log.error('team.not_read', { code: codeOf(cause) }));

  /** The team's items as they will be. */
  const itemsAfter = async ({ stagingFile, changed, removed }: ReleaseRequest): Promise<ReleaseItem[]> => {
    const segments = openStagedSegments(stagingFile);
    try {
      const items = new Map((await knowledge.items()).map((item) => [item.key, item]));
      for (const key of removed) items.delete(key);
      for (const { key, hash } of changed)
        if (isTeamKey(key)) items.set(key, { key, content: segments.content(hash) });
      return [...items.values()];
    } finally {
      segments.close();
    }
  };

  return {
    team: stored,
    async classifier(release) {
      await opened;
      const inForce = [...classifiers.values()].at(-1);
      const found = (release === undefined ? undefined : classifiers.get(release)) ?? inForce;
      if (!found) throw new AppErrorException('KNOWLEDGE_EMBEDDER_MISSING', problem?.detail);
      return found;
    },
    async apply(request, onProgress, signal): Promise<StoredRelease> {
      await opened;
      const classifier = prepare(teamFrom(await itemsAfter(request)));
      // Without the embedder there is no classifier before and none after.
      await classifier.catch((cause: unknown) => {
        if (embedder) throw cause;
      });
      const release = await knowledge.apply(request, onProgress, signal);
      takeInForce(release.number, classifier);
      return release;
    },
    settled: () => opened.catch(() => undefined),
  };
}

const codeOf = (cause: unknown): string =>
  cause instanceof AppErrorException ? cause.error.code : cause instanceof Error ? cause.name : 'unknown';
