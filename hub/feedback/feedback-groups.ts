import { z } from 'zod';

import type { QueryOf } from '../../shared/contracts/hub/define-endpoint.js';
import type { FeedbackGroup, feedbackEndpoints } from '../../shared/contracts/hub/feedback.js';
import { bigint, timestamp } from '../storage/columns.js';
import type { Queries } from '../storage/hub-database.js';

type GroupsQuery = QueryOf<(typeof feedbackEndpoints)['feedback.groups']>;

/** More than that nobody works through; those with most to do come first. */
const MOST_GROUPS = 500;

/** What feedback is grouped by: one key for each, none for those without. */
const KEYS: Record<GroupsQuery['by'], string> = {
  article: 'LEFT JOIN LATERAL unnest(f.article_ids) AS part (key) ON true',
  intent: 'LEFT JOIN LATERAL (VALUES (f.intent)) AS part (key) ON true',
  prompt: 'LEFT JOIN LATERAL unnest(f.prompts) AS part (key) ON true',
};

const Row = z
  .object({
    key: z.string().nullable(),
    total: bigint,
    edited: bigint,
    rejected: bigint,
    unresolved: bigint,
    newest_at: timestamp,
  })
  .transform(({ newest_at, ...rest }): FeedbackGroup => ({ ...rest, newestAt: newest_at }));

/** Edited and rejected drafts, most unresolved first, the newest first among equals. A draft that cites two articles counts for both. */
export function feedbackGroups(
  queries: Queries,
  workspaceId: string,
  { by, since }: GroupsQuery,
): Promise<FeedbackGroup[]> {
  return queries.rows(
    Row,
    `SELECT part.key, count(*) AS total, count(*) FILTER (WHERE f.action = 'edited') AS edited,
       count(*) FILTER (WHERE f.action = 'rejected') AS rejected,
       count(*) FILTER (WHERE f.resolved_at IS NULL) AS unresolved, max(f.decided_at) AS newest_at
     FROM feedback f ${KEYS[by]}
     WHERE f.workspace_id = $1 AND f.action IN ('edited', 'rejected')
       AND ($2::timestamptz IS NULL OR f.decided_at >= $2)
     GROUP BY part.key ORDER BY unresolved DESC, newest_at DESC, part.key LIMIT ${String(MOST_GROUPS)}`,
    [workspaceId, since ?? null],
  );
}
