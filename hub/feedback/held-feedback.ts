import { z } from 'zod';

import type { Queries } from '../storage/hub-database.js';

/** Which of these ids are not stored for the team, whoever sent them; a hub restored from a backup lacks what came after it. */
export async function missingFeedback(
  queries: Queries,
  workspaceId: string,
  ids: readonly string[],
): Promise<string[]> {
  const rows = await queries.rows(
    z.object({ id: z.string() }),
    `SELECT wanted.id FROM unnest($2::uuid[]) AS wanted (id)
     WHERE NOT EXISTS (SELECT 1 FROM feedback f WHERE f.workspace_id = $1 AND f.id = wanted.id)`,
    [workspaceId, ids],
  );
  return rows.map(({ id }) => id);
}

/** Whether what a device had acknowledged last is here; true where it names nothing. */
export async function hasFeedback(
  queries: Queries,
  workspaceId: string,
  id: string | undefined,
): Promise<boolean> {
  if (id === undefined) return true;
  return (await missingFeedback(queries, workspaceId, [id])).length === 0;
}
