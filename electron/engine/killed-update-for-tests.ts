import { silentLogger } from '../../shared/lib/logger.js';
import { createHashedEmbedder } from '../knowledge/hashed-embedder-for-tests.js';
import { openLocalKnowledgeBase } from '../knowledge/local-knowledge-base.js';
import { prepareDemoWorkspace } from '../workspace/demo-workspace.js';

/** A process of its own that brings a demo workspace up to date until it is killed: `node BUNDLE BUILT WORKSPACE`. */
const [builtDir = '', targetDir = ''] = process.argv.slice(2);
process.stdout.write('started\n');
const { dir, arrivingDir } = prepareDemoWorkspace(builtDir, targetDir);
process.stdout.write('copied\n');
const knowledge = openLocalKnowledgeBase({
  ...{ workspaceDir: dir, arrivingDir },
  embedder: createHashedEmbedder(),
  log: silentLogger,
  exactBelow: 0,
});
process.stdout.write('taken over\n');
await knowledge.settled();
await knowledge.close();
process.stdout.write('done\n');
