import type { ReceivedFeedback } from '../../shared/domain/feedback-event.js';
import { createRedactor } from '../../shared/personal-data/redact.js';

/** What people wrote around one decision; empty where they wrote nothing. */
export interface ExportTexts {
  readonly customer: string;
  readonly draft: string;
  /** What the rep sent, where it is known. */
  readonly sent: string;
  /** Why a draft was rejected, in the rep's words. */
  readonly comment: string;
  /** The lead's answer. */
  readonly note: string;
}

/** The texts of a decision as they leave the hub; redacted, a name met in one of them is replaced in all. */
export function textsOf({ event, resolution }: ReceivedFeedback, redact: boolean): ExportTexts {
  const { action, draftText } = event.feedback;
  const texts: ExportTexts = {
    customer: event.context.customerText,
    draft: draftText,
    sent: action.kind === 'accepted' || action.kind === 'edited' ? action.sentText : '',
    comment: action.kind === 'rejected' ? action.comment : '',
    note: resolution?.note ?? '',
  };
  if (!redact) return texts;
  const redacted = createRedactor(Object.values(texts));
  return {
    customer: redacted(texts.customer),
    draft: redacted(texts.draft),
    sent: redacted(texts.sent),
    comment: redacted(texts.comment),
    note: redacted(texts.note),
  };
}
