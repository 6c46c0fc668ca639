import { setImmediate as eventLoopTurn } from 'node:timers/promises';

import type { Conversation } from '../../../shared/domain/conversation.js';
import type { Entity } from '../../../shared/domain/intent.js';
import { isClosingText } from './closing.js';
import { customerBursts, readCustomerWords, type CustomerWords } from './customer-turn.js';
import { isEllipticText } from './ellipsis.js';
import type { EntitySource } from './entities/entities.js';

/** One turn of the customer with what is concrete in it. */
export interface ReadTurn {
  readonly words: CustomerWords;
  readonly entities: readonly Entity[];
}

/** The newest turn, and what it may lean on. */
export interface TurnContext {
  readonly newest: ReadTurn;
  /** Turns before it that a rep has answered, newest first. */
  readonly earlier: readonly ReadTurn[];
  readonly isClosing: boolean;
  readonly isElliptic: boolean;
  /** Subject line, when it was written with this turn: an email nobody has answered yet. */
  readonly subject: string | null;
}

/** Enough to count contacts about one issue up to the fifth. */
const EARLIER_TURNS = 4;
const REPLY_MARKS = /^(?:\s*(?:re|fwd?|aw|wg|antw|tr)\s*:)+/iu;
const MAX_SUBJECT_CHARACTERS = 200;

/** Reads the newest turns of a conversation, the event loop turning between them; null when the customer has not written. */
export async function readTurns(
  conversation: Conversation,
  findEntities: (parts: readonly EntitySource[]) => Entity[],
): Promise<TurnContext | null> {
  const turns: ReadTurn[] = [];
  for (const messages of customerBursts(conversation, 1 + EARLIER_TURNS)) {
    const words = readCustomerWords(messages, conversation.customer.name);
    turns.push({ words, entities: findEntities(words.parts) });
    await eventLoopTurn();
  }
  const [newest, ...earlier] = turns;
  if (!newest) return null;
  const repAsked = hasRepAsked(conversation, newest.words.messageIds[0]);
  const { text } = newest.words;
  const isClosing = isClosingText(text, repAsked);
  const isElliptic = !isClosing && text !== '' && earlier.length > 0 && isEllipticText(text, repAsked);
  return { newest, earlier, isClosing, isElliptic, subject: subjectOf(conversation, earlier.length === 0) };
}

function hasRepAsked({ messages }: Conversation, firstId: string | undefined): boolean {
  const at = messages.findLastIndex(({ id }) => id === firstId);
  const before = messages
    .slice(Math.max(0, at - 3), Math.max(0, at))
    .findLast(({ author }) => author !== 'system');
  return before?.author === 'rep' && before.text.slice(-400).includes('?');
}

/** In a chat the subject is the helpdesk's; in a long thread it is about something older. */
function subjectOf({ channel, subject }: Conversation, isFirstTurn: boolean): string | null {
  if (channel !== 'email' || !isFirstTurn) return null;
  const own = subject.slice(0, MAX_SUBJECT_CHARACTERS).replace(REPLY_MARKS, '').trim();
  return own === '' ? null : own;
}
