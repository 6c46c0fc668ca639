import { setTimeout as wait } from 'node:timers/promises';

import { silentLogger } from '../../shared/lib/logger.js';
import { createHashedEmbedder } from '../knowledge/hashed-embedder-for-tests.js';
import { openLocalKnowledgeBase } from '../knowledge/local-knowledge-base.js';

/**
 * A process of its own that changes the embedder of a workspace until it is killed: `node BUNDLE WORKSPACE`. Each state
 * is a line on standard output, so that the test can choose the moment.
 */
const [workspaceDir = ''] = process.argv.slice(2);
const knowledge = openLocalKnowledgeBase({
  workspaceDir,
  embedder: createHashedEmbedder('new', () => wait(20)),
  embedderSettings: { kind: 'onnx_directory', dir: 'new' },
  openPrevious: () => Promise.resolve(createHashedEmbedder('old')),
  log: silentLogger,
  exactBelow: 0,
});
knowledge.onStatusChanged((status) => process.stdout.write(`${JSON.stringify(status)}\n`));
await knowledge.settled();
process.stdout.write('changed\n');
await new Promise(() => setInterval(() => undefined, 1000));
