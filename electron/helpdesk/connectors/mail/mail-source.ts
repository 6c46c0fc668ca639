import type { MailEntry } from './mail-entry.js';

/** A draft on its way into a mailbox. */
export interface MailDraft {
  /** As RFC 5322 has it. */
  readonly source: Buffer;
  /** In its field `X-Cuecard-Key`. */
  readonly key: string;
}

/** Where mails lie. Every call rejects with a HelpdeskFailure or with the reason of its signal. */
export interface MailSource {
  /** All mails that are followed, in any order. What did not change is not read again. */
  entries(signal: AbortSignal): Promise<readonly MailEntry[]>;
  /** The whole mail. HELPDESK_CONVERSATION_NOT_FOUND when it is gone. */
  read(entry: MailEntry, signal: AbortSignal): Promise<Buffer>;
  /** Whose mailbox it is and what of it is missing for what. */
  check(signal: AbortSignal): Promise<{ readonly user: string; readonly notes: readonly string[] }>;
  /** Missing where a mailbox is only read. */
  readonly drafts?: {
    has(key: string, signal: AbortSignal): Promise<boolean>;
    /** HELPDESK_WRITE_UNCERTAIN when no answer tells whether it lies there. */
    add(draft: MailDraft, signal: AbortSignal): Promise<void>;
  };
  /** Calls `on` when mails came, until `signal` aborts or the line breaks; see HelpdeskConnector.listen. */
  listen?(on: () => void, onOpen: () => void, signal: AbortSignal): Promise<void>;
}
