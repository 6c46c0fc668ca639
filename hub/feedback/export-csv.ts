import { stringify } from 'csv-stringify/sync';

import type { ReceivedFeedback } from '../../shared/domain/feedback-event.js';
import { textsOf } from './export-texts.js';

type CsvRow = Readonly<Record<(typeof COLUMNS)[number], string | number | null>>;

const COLUMNS = [
  ...([
    'id',
    'created_at',
    'received_at',
    'member_id',
    'member',
    'conversation_id',
    'run_id',
    'sequence',
  ] as const),
  ...(['release', 'language', 'intent', 'articles', 'prompts', 'model', 'outcome', 'action'] as const),
  ...(['reject_reason', 'comment', 'decision_ms', 'customer_text', 'draft_text', 'sent_text'] as const),
  ...(['resolved_at', 'resolved_by', 'note', 'draft_key'] as const),
] as const;

/**
 * A line for each decision, with a head above the first page and a mark of UTF-8 that spreadsheets need. A text a spreadsheet would
 * run as a formula begins with an apostrophe. Redacted, the names of members are left out.
 */
export function csvPage(page: readonly ReceivedFeedback[], redact: boolean, isFirst: boolean): string {
  return stringify(
    page.map((received) => rowOf(received, redact)),
    { columns: [...COLUMNS], header: isFirst, bom: isFirst, escape_formulas: true },
  );
}

function rowOf(received: ReceivedFeedback, redact: boolean): CsvRow {
  const { event, memberId, memberName, receivedAt, resolution } = received;
  const { feedback, context, sequence } = event;
  const texts = textsOf(received, redact);
  return {
    ...{ id: feedback.id, created_at: feedback.createdAt, received_at: receivedAt, sequence },
    ...{ member_id: memberId, member: redact ? null : memberName },
    ...{ conversation_id: feedback.conversationId, run_id: feedback.runId },
    ...{ release: context.release, language: context.language, intent: feedback.intent },
    articles: context.articleIds.join(' '),
    prompts: Object.entries(context.promptVersions)
      .map(([stage, version]) => `${stage}@${String(version)}`)
      .join(' '),
    model: context.model,
    ...{ outcome: feedback.outcome, action: feedback.action.kind, decision_ms: feedback.decisionMs },
    reject_reason: feedback.action.kind === 'rejected' ? feedback.action.reason : null,
    ...{
      comment: texts.comment,
      customer_text: texts.customer,
      draft_text: texts.draft,
      sent_text: texts.sent,
    },
    resolved_at: resolution?.resolvedAt ?? null,
    resolved_by: redact ? null : (resolution?.resolvedBy ?? null),
    ...{ note: texts.note, draft_key: resolution?.draftKey ?? null },
  };
}
