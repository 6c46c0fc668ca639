import type { Conversation, ConversationMessage } from '../../../shared/domain/conversation.js';
import { questionsIn, sentencesWritten, wants } from '../escalation/handover-summary.js';
import { sentencesOf } from '../text/sentences.js';
import { roleOf } from '../writing/sentence-role.js';

const MAX_ANSWER = 300;
/** Characters of one message that are looked at. */
const MAX_READ = 4_000;

/** Words a summary may have, however long the thread is. */
const MAX_WORDS = 60;
/** Below this the thread is read as fast as its summary: one line is enough. */
const SHORT_THREAD_WORDS = 60;
const MIN_WORDS = 14;
const MAX_LINE_WORDS = 18;
const MAX_WISH_WORDS = 22;

const TRIED =
  /\b(?:tried|already|(?:i|we) (?:have|'ve) (?:re|un)?(?:set|started|charged|sent|called|emailed|written|contacted|checked|plugged|returned|cleaned|replaced|installed|done)|i did)\b/iu;
const PROMISED =
  /\b(?:(?:we|i)(?: will|'ll|’ll| are going to| am going to)|you(?: will|'ll|’ll) (?:get|receive|have|hear)|will be (?:sent|refunded|replaced|delivered|shipped|with you))\b/iu;

/**
 * A conversation in short without a model: who wants what, what was promised, what the customer tried, whose turn it is. Its words are those
 * of the messages, the newest first; at most a third of the thread and 60 words. A short thread gives one line. Pure.
 */
export function localSummary(conversation: Conversation): { summary: string; openQuestions: string[] } {
  const { customer } = conversation;
  const messages = conversation.messages.filter(({ author }) => author !== 'system');
  const length = messages.reduce((sum, { text }) => sum + wordsIn(text).length, 0);
  const openQuestions = questionsIn(conversation);
  if (messages.length === 0) return { summary: '', openQuestions };
  const isShort = length < SHORT_THREAD_WORDS || messages.length < 3;
  const limit = Math.min(MAX_WORDS, Math.max(MIN_WORDS, Math.floor(length / 3)));
  const wish = wants(conversation);
  const wishLine = line(
    `${customer.name} wants:`,
    wish,
    isShort ? MAX_WISH_WORDS : Math.min(limit, MAX_WISH_WORDS),
  );
  if (isShort) return { summary: wishLine, openQuestions };
  const promise = newest(messages, 'rep', PROMISED);
  const said = promise ?? newest(messages, 'rep', /./u);
  const tried = newest(messages, 'customer', TRIED);
  const lines = [
    wishLine,
    said && line(promise ? 'The team promised:' : 'The team said:', said, MAX_LINE_WORDS),
    tried && tried !== wish ? line('Tried:', tried, MAX_LINE_WORDS) : null,
    messages.at(-1)?.author === 'rep' ? 'Waiting for the customer.' : 'Waiting for the team.',
  ];
  const kept: string[] = [];
  let used = 0;
  for (const one of lines) {
    if (one === null) continue;
    const count = wordsIn(one).length;
    if (used + count > limit) continue;
    kept.push(one);
    used += count;
  }
  return { summary: kept.join('\n'), openQuestions };
}

/** The newest sentence of one side that says something of this kind; the last one of its message. */
function newest(
  messages: readonly ConversationMessage[],
  author: 'customer' | 'rep',
  kind: RegExp,
): string | null {
  for (const message of messages.toReversed()) {
    if (message.author !== author) continue;
    const found = sentencesWritten(message.text.slice(0, MAX_READ))
      .map((text) => wordsIn(text).join(' '))
      .filter((text) => roleOf(text) === 'claim' && kind.test(text));
    // The first sentence of an answer is its point; of things tried or promised the last one is the newest.
    const chosen = kind.source === '.' ? found[0] : found.at(-1);
    if (chosen !== undefined) return chosen;
  }
  return null;
}

/** The label and the words behind it, cut to so many words together. */
function line(label: string, text: string, maxWords: number): string {
  const room = Math.max(4, maxWords - wordsIn(label).length);
  const words = wordsIn(text);
  return `${label} ${words.length > room ? `${words.slice(0, room).join(' ')}…` : words.join(' ')}`;
}

const wordsIn = (text: string): string[] => text.split(/\s+/u).filter(Boolean);

/** A note for the record without a model: the wish, the team's last answer, what is open. Pure. */
export function localWrapUp(conversation: Conversation): string {
  const last = conversation.messages.findLast(({ author }) => author === 'rep')?.text ?? '';
  const answer = sentencesOf(last)
    .map(({ text }) => text.replace(/\s+/gu, ' '))
    .join(' ')
    .slice(0, MAX_ANSWER);
  const open = questionsIn(conversation);
  return [
    `Customer wanted: ${wants(conversation)}`,
    answer === '' ? 'The team has not answered.' : `Team answered: ${answer}`,
    ...(open.length === 0 ? ['Nothing is open.'] : ['Open:', ...open.map((question) => `- ${question}`)]),
  ].join('\n');
}
