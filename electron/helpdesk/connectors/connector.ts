import type {
  Attachment,
  ConnectionReport,
  DeliveryMode,
  HelpdeskCapabilities,
  HelpdeskConnection,
  HelpdeskKind,
} from '../../../shared/domain/helpdesk.js';
import type {
  Channel,
  ConversationCustomer,
  ConversationStatus,
} from '../../../shared/domain/conversation.js';

/** One message as the helpdesk holds it. Everything in it is data of others: never obeyed, never logged. */
export interface HelpdeskMessage {
  /** As the helpdesk numbers it; the same message always has the same. */
  readonly id: string;
  /** By the helpdesk's clock, ISO 8601. */
  readonly sentAt: string;
  readonly author: { readonly role: 'customer' | 'rep' | 'system'; readonly name: string };
  /** `internal` is never shown to the customer and never enters a reply. */
  readonly visibility: 'public' | 'internal';
  /** Plain text; HTML was cleaned into it. */
  readonly text: string;
  readonly attachments: readonly Attachment[];
}

/** A conversation without its messages. */
export interface HelpdeskThread {
  readonly id: string;
  readonly subject: string;
  readonly channel: Channel;
  readonly status: ConversationStatus;
  readonly customer: ConversationCustomer;
  /** What else the helpdesk knows of it, ready to print: queue, owner, fields of the team. */
  readonly fields: Readonly<Record<string, string>>;
  /** Changes with every change; null where the helpdesk has none. What `deliver` may be tied to. */
  readonly version: string | null;
  /** By the helpdesk's clock, ISO 8601. */
  readonly updatedAt: string;
}

/** Messages after a cursor, oldest first. */
export interface MessagePage {
  readonly messages: readonly HelpdeskMessage[];
  /** Goes into the next question. A number or token of the helpdesk, never a clock of ours. */
  readonly cursor: string;
}

/** A text on its way back. */
export interface Delivery {
  readonly mode: DeliveryMode;
  readonly text: string;
  /** The same for every attempt at the same text; sent along where the helpdesk understands it. */
  readonly key: string;
  /** Refuse with HELPDESK_CHANGED_MEANWHILE when the conversation is no longer this version; null does not ask. */
  readonly ifVersion: string | null;
}

/**
 * One connected helpdesk.
 *
 * Every call rejects with an AppErrorException of a HELPDESK_* code, or with the reason of `signal`. A connector keeps no state of
 * conversations but the helpdesk's last answers, which it asks about before it uses them again, and retries nothing:
 * `electron/helpdesk/following` asks again, `electron/helpdesk/delivery` delivers once.
 */
export interface HelpdeskConnector {
  readonly id: string;
  readonly kind: HelpdeskKind;
  readonly capabilities: HelpdeskCapabilities;
  /** The conversation a page of the helpdesk's web app shows; null for a page of another kind or another place. Never throws. */
  parseUrl(url: string): string | null;
  /** The page of a conversation; null where there is none. */
  urlOf(conversationId: string): string | null;
  check(signal: AbortSignal): Promise<ConnectionReport>;
  /** Conversations that are not done, newest change first, at most `limit`. */
  list(limit: number, signal: AbortSignal): Promise<readonly HelpdeskThread[]>;
  read(conversationId: string, signal: AbortSignal): Promise<HelpdeskThread>;
  /** All messages with null, else those after the cursor; a message is never skipped, one may come twice. */
  messages(conversationId: string, after: string | null, signal: AbortSignal): Promise<MessagePage>;
  /**
   * Calls `on` for whatever the helpdesk pushes about any conversation, until `signal` aborts or the line breaks (then it rejects).
   * `onOpen` tells that it is listening. Missing where the helpdesk pushes nothing.
   */
  listen?(on: (conversationId: string) => void, onOpen: () => void, signal: AbortSignal): Promise<void>;
  /**
   * Writes once. @returns the id of the message where the answer tells it, else null: then it is read back.
   * HELPDESK_WRITE_UNCERTAIN when no answer tells whether it was written, HELPDESK_WRITE_REFUSED for a mode it cannot do.
   */
  deliver(conversationId: string, delivery: Delivery, signal: AbortSignal): Promise<string | null>;
  /**
   * Whether a draft with this key lies in the helpdesk. Missing where a draft cannot be read back.
   */
  hasDraft?(key: string, signal: AbortSignal): Promise<boolean>;
  /** Drops what it keeps in memory of the helpdesk's answers. Missing where it keeps nothing. */
  forgetAnswers?(): void;
  /** The bytes of a file, at most `maxBytes`. */
  attachment(
    conversationId: string,
    attachmentId: string,
    maxBytes: number,
    signal: AbortSignal,
  ): Promise<Uint8Array>;
}

/** What every connector is made of. */
export interface ConnectorOptions {
  readonly connection: HelpdeskConnection;
  /** Asked for every request, so that a renewed token is used at once. */
  readonly token: () => string;
  readonly fetch: typeof fetch;
  /** Longest wait for a whole answer, in milliseconds. */
  readonly timeoutMs: number;
}
