import path from 'node:path';

import type { Team } from '../../../shared/domain/team.js';
import { trainMixedClassifier, type MixedClassifier } from '../../models/adapters/mixed-classifier.js';
import { openUseLiteEmbedder } from '../../models/adapters/use-lite-embedder.js';
import { embedderDirForTests } from '../../models/embedder-for-tests.js';
import { loadTeam } from '../../workspace/team-loader.js';

export const demoDir = path.resolve('resources/demo');

/** The demo team, and the classifier it gets in the app: real weights, real training. */
export async function demoClassifier(): Promise<{
  team: Team;
  classifier: MixedClassifier;
  close: () => Promise<void>;
}> {
  const team = loadTeam(demoDir, 'demo');
  const embedder = await openUseLiteEmbedder({ dir: await embedderDirForTests() });
  const { intents, outOfScope } = team;
  const classifier = await trainMixedClassifier({ intents, outOfScope, embedder });
  return { team, classifier, close: () => embedder.close() };
}
