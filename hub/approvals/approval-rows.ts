import { z } from 'zod';

import { ApprovalQuestion, type ApprovalAnswer, type WaitingApproval } from '../../shared/domain/approval.js';
import { timestamp } from '../storage/columns.js';
import type { Queries } from '../storage/hub-database.js';

/** A question as it is kept, with its answer where there is one. */
export interface ApprovalRow {
  readonly content: string;
  readonly memberId: string;
  readonly decidedById: string | null;
  readonly answer: ApprovalAnswer | null;
}

const Row = z
  .object({
    content: z.string(),
    member_id: z.string(),
    decision: z.enum(['approved', 'refused']).nullable(),
    decided_by: z.string().nullable(),
    decided_by_name: z.string().nullable(),
    reason: z.string().nullable(),
    decided_at: timestamp.nullable(),
  })
  .transform((row): ApprovalRow => {
    const { content, decision, reason, decided_at: at } = row;
    const kept = { content, memberId: row.member_id, decidedById: row.decided_by };
    if (decision === null || at === null) return { ...kept, answer: null };
    return {
      ...kept,
      answer: { content, decision, by: row.decided_by_name ?? '', reason: reason ?? '', at },
    };
  });
const COLUMNS = 'content, member_id, decision, decided_by, decided_by_name, reason, decided_at';

export async function findApproval(
  queries: Queries,
  workspaceId: string,
  id: string,
): Promise<ApprovalRow | null> {
  const [row] = await queries.rows(
    Row,
    `SELECT ${COLUMNS} FROM approval WHERE workspace_id = $1 AND id = $2`,
    [workspaceId, id],
  );
  return row ?? null;
}

const Waiting = z
  .object({
    content: z.string(),
    member_id: z.string(),
    member_name: z.string(),
    asked_at: timestamp,
    body: z.string(),
  })
  .transform((row): WaitingApproval => ({
    question: ApprovalQuestion.parse(JSON.parse(row.body)),
    ...{ content: row.content, memberId: row.member_id, memberName: row.member_name, askedAt: row.asked_at },
  }));

/** Those of members who still are, oldest first. */
export function waitingApprovals(queries: Queries, workspaceId: string): Promise<WaitingApproval[]> {
  return queries.rows(
    Waiting,
    `SELECT a.content, a.member_id, m.name AS member_name, a.asked_at, a.body
     FROM approval a JOIN member m ON m.workspace_id = a.workspace_id AND m.id = a.member_id
     WHERE a.workspace_id = $1 AND a.decision IS NULL AND m.state = 'active'
     ORDER BY a.asked_at, a.id LIMIT 200`,
    [workspaceId],
  );
}

export async function isActiveMember(queries: Queries, workspaceId: string, id: string): Promise<boolean> {
  const rows = await queries.rows(
    z.unknown(),
    `SELECT 1 FROM member WHERE workspace_id = $1 AND id = $2 AND state = 'active'`,
    [workspaceId, id],
  );
  return rows.length > 0;
}
