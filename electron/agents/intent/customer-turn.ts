import type { Conversation, ConversationMessage } from '../../../shared/domain/conversation.js';
import { screenText } from '../screening/screen-text.js';
import type { InjectionTechnique } from '../screening/technique.js';
import { quotedSpans } from './quoted-text.js';
import { blank, tidy, type TurnPart } from '../text/text-spans.js';

/** One piece of a message of the turn, and when the message was sent. */
export interface CustomerTurnPart extends TurnPart {
  readonly sentAt: Date;
}

/** Consecutive messages of the customer, cleaned; `text` joins the parts, whose places are true in their messages. */
export interface CustomerWords {
  readonly messageIds: readonly string[];
  readonly parts: readonly CustomerTurnPart[];
  readonly text: string;
  readonly wasCut: boolean;
  /** How the text speaks to the assistant; that part is not in `text`. */
  readonly injections: readonly InjectionTechnique[];
}

/** Longer turns keep their beginning and their end: the need is seldom in the middle of a pasted log. */
const MAX_TURN_CHARACTERS = 4000;
const HEAD_SHARE = 0.75;
const MIN_PIECE_CHARACTERS = 200;
const MAX_BURST_MESSAGES = 20;
/** Beyond this a message is not even searched for quoted mail. */
const MAX_MESSAGE_CHARACTERS = 200_000;

/**
 * The customer's turns, newest first, at most `limit`: what they wrote since the last answer of a rep, then what they wrote before that.
 * Empty when the customer has not written. Reads from the end, so a long thread costs no more than a short one.
 */
export function customerBursts({ messages }: Conversation, limit: number): ConversationMessage[][] {
  const bursts: ConversationMessage[][] = [];
  let burst: ConversationMessage[] = [];
  for (let i = messages.length - 1; i >= 0; i--) {
    const message = messages[i];
    if (!message || message.author === 'system') continue;
    if (message.author === 'customer') {
      if (burst.length < MAX_BURST_MESSAGES) burst.push(message);
      else if (bursts.length + 1 >= limit) break;
    } else if (burst.length > 0) {
      bursts.push(burst.reverse());
      burst = [];
      if (bursts.length >= limit) return bursts;
    }
  }
  if (burst.length > 0) bursts.push(burst.reverse());
  return bursts;
}

/** What the customer says in these messages, without quoted mail, signatures and text addressed to the assistant. */
export function readCustomerWords(
  messages: readonly ConversationMessage[],
  customerName = '',
): CustomerWords {
  let budget = MAX_TURN_CHARACTERS;
  let wasCut = false;
  const found: CustomerTurnPart[] = [];
  for (const message of [...messages].reverse()) {
    if (budget < MIN_PIECE_CHARACTERS) {
      wasCut = true;
      break;
    }
    const own = ownWords(message, customerName);
    const pieces = cutPieces(own, budget);
    wasCut ||= pieces.length > 1 || message.text.length > MAX_MESSAGE_CHARACTERS;
    found.unshift(...pieces.map((piece) => ({ ...piece, sentAt: new Date(message.sentAt) })));
    budget -= pieces.reduce((sum, { text }) => sum + text.length, 0);
  }
  const { parts, techniques } = screenParts(found);
  return {
    messageIds: messages.map(({ id }) => id),
    parts,
    text: tidy(parts.map(({ text }) => text).join('\n')),
    wasCut,
    injections: techniques,
  };
}

/** Screens the parts as one text, so that an order which begins in one message and ends in the next is seen. Places stay true. */
function screenParts(parts: readonly CustomerTurnPart[]): {
  readonly parts: readonly CustomerTurnPart[];
  readonly techniques: readonly InjectionTechnique[];
} {
  const { text, techniques } = screenText(parts.map((part) => part.text).join('\n'), 'customer');
  let start = 0;
  const screened = parts.map((part) => {
    const own = text.slice(start, start + part.text.length);
    start += part.text.length + 1;
    return { ...part, text: own };
  });
  return { parts: screened, techniques };
}

/** The message with quoted mail and signature blanked out, as one part that starts where the customer starts. */
function ownWords({ id, text }: ConversationMessage, customerName: string): TurnPart {
  const read = text.slice(0, MAX_MESSAGE_CHARACTERS);
  const own = blank(read, quotedSpans(read, customerName));
  const start = own.length - own.trimStart().length;
  return { messageId: id, offset: start, text: own.slice(start).trimEnd() };
}

function cutPieces(part: TurnPart, budget: number): TurnPart[] {
  if (part.text.length <= budget) return [part];
  const head = Math.floor(budget * HEAD_SHARE);
  const tailStart = part.text.length - (budget - head);
  return [
    { ...part, text: part.text.slice(0, head) },
    { ...part, offset: part.offset + tailStart, text: part.text.slice(tailStart) },
  ];
}
