import type { Conversation } from '../../../shared/domain/conversation.js';
import { questionsIn, turns, wants } from '../escalation/handover-summary.js';
import { sentencesOf } from '../text/sentences.js';

const MAX_ANSWER = 300;

/** A conversation in short without a model: who wrote how often about what, the wish in their own words, the newest turns. Pure. */
export function localSummary(conversation: Conversation): { summary: string; openQuestions: string[] } {
  const { customer, subject, channel, messages } = conversation;
  const written = messages.filter(({ author }) => author === 'customer').length;
  const answered = messages.filter(({ author }) => author === 'rep').length;
  const head = `${customer.name} wrote ${times(written)} by ${channel} about "${subject}"; the team answered ${times(answered)}.`;
  return {
    summary: [head, `They want: ${wants(conversation)}`, ...turns(conversation)].join('\n'),
    openQuestions: questionsIn(conversation),
  };
}

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

function times(count: number): string {
  return count === 1 ? 'once' : `${String(count)} times`;
}
