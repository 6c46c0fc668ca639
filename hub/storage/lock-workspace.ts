import type { Queries } from './hub-database.js';

/** Changes of one workspace that must follow each other (its releases, members, keys, audit log): whoever holds this is alone until its transaction is over. */
export async function lockWorkspace(queries: Queries, workspaceId: string): Promise<void> {
  await queries.run('SELECT 1 FROM workspace WHERE id = $1 FOR NO KEY UPDATE', [workspaceId]);
}
