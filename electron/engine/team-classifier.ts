import { createHash } from 'node:crypto';
import path from 'node:path';

import type { Team } from '../../shared/domain/team.js';
import type { Logger } from '../../shared/lib/logger.js';
import {
  loadMixedClassifier,
  saveMixedClassifier,
  trainMixedClassifier,
  type MixedClassifier,
} from '../models/adapters/mixed-classifier.js';
import type { Embedder } from '../models/embedder.js';

export interface TeamClassifierDeps {
  readonly workspaceDir: string;
  readonly team: Team;
  readonly embedder: Embedder;
  readonly log: Logger;
}

/** Raise it when training would give another classifier from the same examples. */
const TRAINING_VERSION = 2;

/** A team's classifier, not saved yet where it was trained just now. */
export interface PreparedClassifier {
  readonly classifier: MixedClassifier;
  /** Saves it, so that the next start need not train. Does not throw. */
  save(): Promise<void>;
}

/** Loads the team's classifier, or trains it when its intents, its examples or the embedder changed. */
export async function prepareTeamClassifier(deps: TeamClassifierDeps): Promise<PreparedClassifier> {
  const { workspaceDir, team, embedder, log } = deps;
  const file = path.join(workspaceDir, 'classifier.json');
  const stamp = stampOf(team, embedder.id);
  const stored = await loadMixedClassifier(file, stamp, embedder);
  if (stored) return { classifier: stored, save: () => Promise.resolve() };
  const startedAt = performance.now();
  const { intents, outOfScope } = team;
  const classifier = await trainMixedClassifier({ intents, outOfScope, embedder });
  log.info('classifier.trained', {
    count: intents.length,
    durationMs: Math.round(performance.now() - startedAt),
  });
  return {
    classifier,
    save: () =>
      saveMixedClassifier(file, classifier, stamp).catch((cause: unknown) => {
        // It classifies all the same; the next start trains again.
        log.warn('classifier.not_saved', { code: String((cause as NodeJS.ErrnoException).code) });
      }),
  };
}

function stampOf({ intents, outOfScope }: Team, embedderId: string): string {
  const learned = intents.map(({ id, name, description, examples }) => ({ id, name, description, examples }));
  return createHash('sha256')
    .update(JSON.stringify([TRAINING_VERSION, embedderId, learned, outOfScope]))
    .digest('hex');
}
