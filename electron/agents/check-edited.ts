import type { Conversation } from '../../shared/domain/conversation.js';
import type { Critique } from '../../shared/domain/critique.js';
import type { Draft, DraftSentence } from '../../shared/domain/draft.js';
import type { Evidence } from '../../shared/domain/evidence.js';
import type { Suggestion } from '../../shared/domain/suggestion.js';
import type { Team } from '../../shared/domain/team.js';
import type { DraftCheck } from './critique/check-draft.js';
import { citeDecisive } from './critique/cite-decisive.js';
import { decidedWithin } from './critique/decided-within.js';
import { readableEvidence } from './screening/screened.js';
import type { SourceArticle } from './state.js';
import { questionsOf } from './drafting/questions.js';

export interface EditedDraft {
  /** What the sentences come from or stand beside, as it was stored: its passages and facts are what counts. */
  readonly suggestion: Suggestion;
  readonly sentences: readonly DraftSentence[];
  readonly conversation: Conversation;
  readonly team: Team;
  readonly check: DraftCheck;
  readonly now: Date;
}

/**
 * Doubts a reply the rep changed, with what its run found: the passages as they were then, and the facts. No search, no tool and no model
 * is asked, so it takes as long as one critique. The draft comes back with its sentences citing what bears them out.
 */
export async function checkEdited(
  edited: EditedDraft,
): Promise<{ readonly draft: Draft; readonly critique: Critique }> {
  const { suggestion, sentences, conversation, team, check, now } = edited;
  const { toolCalls, intent } = suggestion;
  const evidence = suggestion.evidence.map(readableEvidence);
  const stored: Draft =
    suggestion.outcome === 'reply'
      ? suggestion.draft
      : { sentences: [], variant: suggestion.variant, revision: 0 };
  const draft: Draft = { ...stored, sentences: [...sentences] };
  // Numbers of orders the run itself asked about are the customer's own.
  const asked = stored.sentences.filter(({ role }) => role === 'question');
  const found = await check({
    draft,
    library: { evidence, sources: asFound(evidence), toolCalls, macros: team.macros },
    team,
    asked: questionsOf(newestTurn(conversation, suggestion.messageId)),
    query: `${intent.query} ${intent.label === null ? '' : intent.name}`,
    own: [conversation.customer.email ?? '', ...asked.map(({ text }) => text)].join('\n'),
    today: now.toISOString().slice(0, 10),
  });
  const critique = decidedWithin(found, evidence);
  return { draft: citeDecisive(draft, critique), critique };
}

/** What the customer wrote since somebody else did, up to the message that is answered. */
function newestTurn({ messages }: Conversation, messageId: string): string {
  const until = messages.slice(0, messages.findIndex(({ id }) => id === messageId) + 1);
  const other = until.findLastIndex(({ author }) => author !== 'customer');
  return until
    .slice(other + 1)
    .map(({ text }) => text)
    .join('\n');
}

/**
 * The articles as far as the run saw them: each passage at its own place, blank lines elsewhere, so that a span of a citation means the same
 * as it did, whatever became of the article.
 */
function asFound(evidence: readonly Evidence[]): SourceArticle[] {
  const articles = new Map<string, SourceArticle>();
  for (const { articleId, articleTitle: title, category, product, validUntil, span, text } of evidence) {
    const before = articles.get(articleId)?.markdown ?? '';
    // Blank lines, since blanks before a passage would make it a block of code.
    const padded = before.padEnd(span.end, '\n');
    const markdown = padded.slice(0, span.start) + text + padded.slice(span.end);
    articles.set(articleId, { articleId, title, category, product, validUntil, markdown });
  }
  return [...articles.values()];
}
