import { silentLogger } from '../../shared/lib/logger.js';
import { openLocalKnowledgeBase } from '../knowledge/local-knowledge-base.js';
import { openUseLiteEmbedder } from '../models/adapters/use-lite-embedder.js';

/**
 * A process of its own that imports articles until it is killed: `node BUNDLE WORKSPACE EMBEDDER ARTICLES`. Each state
 * of the import is a line on standard output, so that the test can choose the moment.
 */
const [workspaceDir = '', dir = '', articles = ''] = process.argv.slice(2);
const embedder = await openUseLiteEmbedder({ dir });
const knowledge = openLocalKnowledgeBase({ workspaceDir, embedder, log: silentLogger, exactBelow: 0 });
await knowledge.settled();
knowledge.onStatusChanged((status) => process.stdout.write(`${JSON.stringify(status)}\n`));
process.stdout.write('started\n');
await knowledge.importArticles([articles]);
process.stdout.write('imported\n');
await knowledge.close();
