import type {
  Conversation,
  ConversationMessage,
  ConversationSummary,
} from '../../shared/domain/conversation.js';

/** What an inbox tells without being asked. `message` is null when only the status changed. */
export interface ConversationChange {
  readonly summary: ConversationSummary;
  readonly message: ConversationMessage | null;
}

/** All conversations of this desk, whichever helpdesk they are in. Nothing is written to a helpdesk but on the rep's action. */
export interface Inbox {
  /** Newest change first. */
  list(): Promise<readonly ConversationSummary[]>;
  /** Gives a copy, and leaves unread what is unread. @throws AppErrorException HELPDESK_CONVERSATION_NOT_FOUND. */
  open(conversationId: string): Promise<Conversation>;
  /** The rep has seen everything in the thread so far. */
  markRead(conversationId: string): Promise<void>;
  /** The rep looks at this one now, or at none: it is followed as closely as its helpdesk allows. */
  attend(conversationId: string | null): void;
  /** Sends a reply to the customer. @throws AppErrorException HELPDESK_WRITE_REFUSED, HELPDESK_CONVERSATION_NOT_FOUND. */
  sendReply(conversationId: string, text: string): Promise<ConversationMessage>;
  /** Leaves a reply in the helpdesk, for the rep to send from there. @throws AppErrorException HELPDESK_WRITE_REFUSED where it has no drafts. */
  saveDraft(conversationId: string, text: string): Promise<void>;
  /** Adds a note only the team sees. */
  addNote(conversationId: string, text: string): Promise<void>;
  /**
   * Adds a note only the team sees, unless one was added with this key. @returns the helpdesk's number of it.
   * @throws AppErrorException HELPDESK_*; after HELPDESK_WRITE_UNCERTAIN `findNote` tells more.
   */
  addNoteOnce(conversationId: string, text: string, key: string): Promise<string>;
  /** The number of the note of `key`, looked for in the helpdesk if need be; null when it surely is not there. @throws AppErrorException HELPDESK_* */
  findNote(conversationId: string, key: string): Promise<string | null>;
  /** All conversations with the customer of this one, itself among them. */
  ofSameCustomer(conversationId: string): Promise<readonly string[]>;
  /** Takes these out of the inbox and off this machine; a helpdesk keeps what it has. */
  forget(conversationIds: readonly string[]): void;
  /** Returns the function that stops listening. */
  onChanged(listener: (change: ConversationChange) => void): () => void;
  /** Begins to follow the helpdesk. */
  start(): Promise<void>;
  close(): Promise<void>;
}
