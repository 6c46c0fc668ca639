import type { ReceivedFeedback } from '../../shared/domain/feedback-event.js';
import { textsOf, type ExportTexts } from './export-texts.js';

interface Message {
  readonly role: 'user' | 'assistant';
  readonly content: string;
}

const user = (content: string): Message => ({ role: 'user', content });
const assistant = (content: string): Message => ({ role: 'assistant', content });

/**
 * What the customer wrote and what the rep sent, as chat fine-tuning takes it: `{"messages": [user, assistant]}`
 * (OpenAI's supervised fine-tuning, "conversational language modeling" of Hugging Face TRL).
 */
export const supervisedPage = jsonLines(({ customer, sent }) =>
  isSaid(customer) && isSaid(sent) ? { messages: [user(customer), assistant(sent)] } : null,
);

/**
 * What the rep sent instead of the draft, where the two differ: `{"prompt": [user], "chosen": [assistant], "rejected": [assistant]}`
 * ("conversational preference" of Hugging Face TRL).
 */
export const preferencePage = jsonLines(({ customer, draft, sent }) =>
  [customer, draft, sent].every(isSaid) && draft.trim() !== sent.trim()
    ? { prompt: [user(customer)], chosen: [assistant(sent)], rejected: [assistant(draft)] }
    : null,
);

const isSaid = (text: string): boolean => text.trim() !== '';

/** A line of JSON for each decision there is a pair of. */
function jsonLines(pairOf: (texts: ExportTexts) => object | null) {
  return (page: readonly ReceivedFeedback[], redact: boolean): string =>
    page
      .map((received) => pairOf(textsOf(received, redact)))
      .flatMap((pair) => (pair ? `${JSON.stringify(pair)}\n` : []))
      .join('');
}
