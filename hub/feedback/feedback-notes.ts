import { z } from 'zod';

import type { AnswerOf } from '../../shared/contracts/hub/define-endpoint.js';
import type { feedbackEndpoints } from '../../shared/contracts/hub/feedback.js';
import type { FeedbackResolution } from '../../shared/domain/feedback-event.js';
import { bigint, timestamp } from '../storage/columns.js';
import type { Queries } from '../storage/hub-database.js';

type Notes = Omit<AnswerOf<(typeof feedbackEndpoints)['feedback.notes']>, 'hasLast'>;

/** Notes of one answer; a device asks again with the new cursor until nothing comes. */
const PAGE = 500;

const NoteRow = z.object({
  id: z.string(),
  note_number: bigint,
  note: z.string(),
  draft_key: z.string().nullable(),
  resolved_by: z.string(),
  resolved_at: timestamp,
});

/**
 * Writes a lead's answer, over an earlier one; the caller holds the workspace's lock, so that numbers are committed in their order and
 * a device that has seen one has seen all before. Numbers begin at the present in milliseconds: after the hub was restored from a
 * backup none is given a second time, which a device's cursor would be past.
 */
export async function writeNote(
  queries: Queries,
  workspaceId: string,
  feedbackId: string,
  { note, draftKey, resolvedBy, resolvedAt }: FeedbackResolution,
): Promise<void> {
  await queries.run(
    `UPDATE feedback SET note = $3, draft_key = $4, resolved_by = $5, resolved_at = $6, note_number = greatest($7::bigint,
       (SELECT coalesce(max(note_number), 0) + 1 FROM feedback WHERE workspace_id = $1 AND note_number IS NOT NULL))
     WHERE workspace_id = $1 AND id = $2`,
    [workspaceId, feedbackId, note, draftKey, resolvedBy, resolvedAt, Date.parse(resolvedAt)],
  );
}

/** Answers to a member's feedback, oldest first. */
export async function notesAfter(
  queries: Queries,
  workspaceId: string,
  memberId: string,
  after: number,
): Promise<Notes> {
  const rows = await queries.rows(
    NoteRow,
    `SELECT id, note_number, note, draft_key, resolved_by, resolved_at FROM feedback
     WHERE workspace_id = $1 AND member_id = $2 AND note_number > $3 ORDER BY note_number LIMIT ${String(PAGE)}`,
    [workspaceId, memberId, after],
  );
  return {
    notes: rows.map(({ id, note, draft_key, resolved_by, resolved_at }) => ({
      feedbackId: id,
      resolution: { note, draftKey: draft_key, resolvedBy: resolved_by, resolvedAt: resolved_at },
    })),
    cursor: rows.at(-1)?.note_number ?? after,
  };
}
