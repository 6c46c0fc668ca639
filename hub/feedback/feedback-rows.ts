import { isDeepStrictEqual } from 'node:util';

import { z } from 'zod';

import type { QueryOf } from '../../shared/contracts/hub/define-endpoint.js';
import type { feedbackEndpoints } from '../../shared/contracts/hub/feedback.js';
import {
  FeedbackEvent,
  type FeedbackResolution,
  type ReceivedFeedback,
} from '../../shared/domain/feedback-event.js';
import { bigint, timestamp } from '../storage/columns.js';
import type { Queries } from '../storage/hub-database.js';
import type { FeedbackRow } from './feedback-intake.js';
import type { InboxPlace } from './inbox-cursor.js';

/** Stored feedback, and its place in the inbox. */
export interface StoredFeedback extends InboxPlace {
  readonly received: ReceivedFeedback;
}

const Row = z
  .object({
    id: z.string(),
    sequence: bigint,
    decided_at: timestamp,
    received_at: timestamp,
    member_id: z.string(),
    member_name: z.string(),
    body: z.string(),
    note: z.string().nullable(),
    draft_key: z.string().nullable(),
    resolved_by: z.string().nullable(),
    resolved_at: timestamp.nullable(),
  })
  .transform((row): StoredFeedback => ({
    ...{ id: row.id, sequence: row.sequence, decidedAt: row.decided_at },
    received: {
      event: eventOf(row.body),
      memberId: row.member_id,
      memberName: row.member_name,
      receivedAt: row.received_at,
      resolution: resolutionOf(row),
    },
  }));
const SELECT = `SELECT f.id, f.sequence, f.decided_at, f.received_at, f.member_id, m.name AS member_name, f.body,
    f.note, f.draft_key, f.resolved_by, f.resolved_at
  FROM feedback f JOIN member m ON m.workspace_id = f.workspace_id AND m.id = f.member_id`;
/** A control character, which no name has. */
const SEPARATOR = '\u001f';

function resolutionOf(row: {
  readonly note: string | null;
  readonly draft_key: string | null;
  readonly resolved_by: string | null;
  readonly resolved_at: string | null;
}): FeedbackResolution | null {
  const { note, draft_key, resolved_by, resolved_at } = row;
  if (note === null || resolved_by === null || resolved_at === null) return null;
  return { note, resolvedBy: resolved_by, resolvedAt: resolved_at, draftKey: draft_key };
}

/** Stores what is not there yet. @returns the ids of those. */
export async function insertNew(
  queries: Queries,
  from: { readonly workspaceId: string; readonly memberId: string; readonly receivedAt: string },
  rows: readonly FeedbackRow[],
): Promise<Set<string>> {
  // In one order, or two batches with the same events would wait for each other.
  const sorted = [...rows].sort((a, b) => (a.id < b.id ? -1 : 1));
  const stored = await queries.rows(
    z.object({ id: z.string() }),
    `INSERT INTO feedback (workspace_id, member_id, received_at, id, sequence, conversation_id, decided_at, action, intent,
       article_ids, prompts, body)
     SELECT $1, $2, $3, new.id, new.sequence, new.conversation_id, new.decided_at, new.action, new.intent,
       string_to_array(new.article_ids, $4), string_to_array(new.prompts, $4), new.body
     FROM unnest($5::uuid[], $6::bigint[], $7::text[], $8::timestamptz[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[])
       AS new (id, sequence, conversation_id, decided_at, action, intent, article_ids, prompts, body)
     ON CONFLICT (workspace_id, id) DO NOTHING RETURNING id`,
    [
      ...[from.workspaceId, from.memberId, from.receivedAt, SEPARATOR],
      sorted.map(({ id }) => id),
      sorted.map(({ sequence }) => sequence),
      sorted.map(({ conversationId }) => conversationId),
      sorted.map(({ decidedAt }) => decidedAt),
      sorted.map(({ action }) => action),
      sorted.map(({ intent }) => intent),
      sorted.map(({ articleIds }) => articleIds.join(SEPARATOR)),
      sorted.map(({ prompts }) => prompts.join(SEPARATOR)),
      sorted.map(({ body }) => body),
    ],
  );
  return new Set(stored.map(({ id }) => id));
}

/**
 * Those of `rows` that are stored already: sent by this member before, with whatever content, or by another with the same. The latter is
 * a device whose person joined anew while the answer to its first try was lost.
 */
export async function storedBefore(
  queries: Queries,
  { workspaceId, memberId }: { readonly workspaceId: string; readonly memberId: string },
  rows: readonly FeedbackRow[],
): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  const found = await queries.rows(
    z.object({ id: z.string(), others_body: z.string().nullable() }),
    `SELECT id, CASE WHEN member_id = $2 THEN NULL ELSE body END AS others_body
     FROM feedback WHERE workspace_id = $1 AND id = ANY($3::uuid[])`,
    [workspaceId, memberId, rows.map(({ id }) => id)],
  );
  const others = new Map(found.map(({ id, others_body }) => [id, others_body]));
  const isStored = ({ id, body }: FeedbackRow): boolean => {
    const other = others.get(id);
    return other === null || (other !== undefined && isDeepStrictEqual(eventOf(other), eventOf(body)));
  };
  return new Set(rows.filter(isStored).map(({ id }) => id));
}

const eventOf = (body: string): FeedbackEvent => FeedbackEvent.parse(JSON.parse(body));

export type InboxFilter = Omit<QueryOf<(typeof feedbackEndpoints)['feedback.inbox']>, 'before' | 'limit'>;

/** Newest first, below `before` where it is given. */
export async function inboxPage(
  queries: Queries,
  workspaceId: string,
  filter: InboxFilter,
  { before, limit }: { readonly before: InboxPlace | null; readonly limit: number },
): Promise<StoredFeedback[]> {
  const { action, intent, articleId, prompt, memberId, isResolved, since } = filter;
  return queries.rows(
    Row,
    `${SELECT} WHERE f.workspace_id = $1
       AND ($2::text IS NULL OR f.action = $2) AND ($3::text IS NULL OR f.intent = $3)
       AND ($4::text IS NULL OR $4 = ANY(f.article_ids)) AND ($5::text IS NULL OR $5 = ANY(f.prompts))
       AND ($6::uuid IS NULL OR f.member_id = $6) AND ($7::boolean IS NULL OR (f.resolved_at IS NOT NULL) = $7)
       AND ($8::timestamptz IS NULL OR f.decided_at >= $8)
       AND ($9::timestamptz IS NULL OR (f.decided_at, f.sequence, f.id) < ($9, $10::bigint, $11::uuid))
     ORDER BY f.decided_at DESC, f.sequence DESC, f.id DESC LIMIT $12`,
    [
      ...[workspaceId, action ?? null, intent ?? null, articleId ?? null, prompt ?? null, memberId ?? null],
      ...[isResolved ?? null, since ?? null],
      ...[before?.decidedAt ?? null, before?.sequence ?? null, before?.id ?? null, limit],
    ],
  );
}

/**
 * What arrived from `since` on, conversation by conversation, each in the order its decisions were made; after `after` where it is given.
 * By the arrival, since a device that was offline sends what was decided long before.
 */
export async function conversationPage(
  queries: Queries,
  workspaceId: string,
  since: string | undefined,
  { after, limit }: { readonly after: StoredFeedback | undefined; readonly limit: number },
): Promise<StoredFeedback[]> {
  return queries.rows(
    Row,
    `${SELECT} WHERE f.workspace_id = $1 AND ($2::timestamptz IS NULL OR f.received_at >= $2)
       AND ($3::text IS NULL OR (f.conversation_id, f.sequence, f.id) > ($3, $4::bigint, $5::uuid))
     ORDER BY f.conversation_id, f.sequence, f.id LIMIT $6`,
    [
      ...[workspaceId, since ?? null, after?.received.event.feedback.conversationId ?? null],
      ...[after?.sequence ?? null, after?.id ?? null, limit],
    ],
  );
}

export async function findFeedback(
  queries: Queries,
  workspaceId: string,
  id: string,
): Promise<ReceivedFeedback | null> {
  const [row] = await queries.rows(Row, `${SELECT} WHERE f.workspace_id = $1 AND f.id = $2`, [
    workspaceId,
    id,
  ]);
  return row?.received ?? null;
}
