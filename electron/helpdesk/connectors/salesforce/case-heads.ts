import { HelpdeskFailure } from '../helpdesk-failure.js';
import { CommentHead, EmailHead, Heads, type SfEmailHead, type SfHeads } from './answers.js';
import type { Soql } from './soql.js';

const HEADS = `SELECT Id, CreatedDate, Description, Origin, SuppliedName, Contact.Name, CreatedBy.Name,
  (SELECT Id, CreatedDate, Incoming, HasAttachment FROM EmailMessages WHERE Status != '5' ORDER BY CreatedDate),
  (SELECT Id, CreatedDate FROM CaseComments ORDER BY CreatedDate) FROM Case`.replace(/\s+/gu, ' ');

/** What hangs on a case, without the texts: one call, however long the case is up to two thousand mails. Drafts are left out. */
export async function headsOf(
  soql: Soql,
  caseId: string,
  signal: AbortSignal,
): Promise<{
  readonly heads: SfHeads;
  readonly mails: readonly SfEmailHead[];
  readonly comments: readonly string[];
}> {
  const [heads] = await soql.all(`${HEADS} WHERE Id = '${caseId}'`, Heads, signal);
  if (!heads) throw new HelpdeskFailure('HELPDESK_CONVERSATION_NOT_FOUND', caseId);
  const mails = await soql.rest(heads.EmailMessages, EmailHead, signal);
  const comments = await soql.rest(heads.CaseComments, CommentHead, signal);
  return { heads, mails, comments: comments.map(({ Id }) => Id) };
}
