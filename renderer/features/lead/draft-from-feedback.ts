import type { DraftContent } from '../../../shared/domain/draft-item.js';
import type { ReceivedFeedback } from '../../../shared/domain/feedback-event.js';
import { createRedactor } from '../../../shared/personal-data/redact.js';
import { strings } from '../../app/strings.js';
import { emptyItem, idFrom } from './items.js';
import type { LeadStores } from './lead-stores.js';

const MAX_TITLE = 80;

/**
 * Opens the article the draft was built on, with what the rep wrote instead below its text, or a new article where it was built on none.
 * What tells who the customer is is replaced, as far as rules find it: articles are read by everybody. The lead saves, or not.
 */
export async function draftFromFeedback(stores: LeadStores, received: ReceivedFeedback): Promise<void> {
  const { draft, editors, received: inbox, tab } = stores;
  const { id } = received.event.feedback;
  const { articleIds, customerText } = received.event.context;
  const proposal = proposalOf(received);
  const hint = strings.lead.feedback.hint(received.memberName, customerText);
  const [articleId] = articleIds;
  draft.getState().showPublish(false);
  const key = articleId === undefined ? null : `article/${articleId}`;
  const known = key === null ? null : editors.getState().editors[key];
  if (key !== null) {
    // Asked for a second time, it is not put in a second time.
    const isIn = known?.mine?.kind === 'article' && known.mine.article.markdown.includes(proposal.markdown);
    await editors.getState().open(key, {
      hint,
      change: (now) => (isIn && now ? now : withProposal(now, articleId ?? '', proposal)),
    });
  } else {
    const newId = idFrom(proposal.title) || `feedback-${id.slice(0, 8)}`;
    editors.getState().create('article', { content: withProposal(null, newId, proposal), hint });
  }
  inbox.getState().linkDraft(id, key ?? `article/${idFrom(proposal.title) || `feedback-${id.slice(0, 8)}`}`);
  tab.getState().show('draft');
}

interface Proposed {
  readonly title: string;
  readonly markdown: string;
}

function proposalOf({ event }: ReceivedFeedback): Proposed {
  const { action, draftText } = event.feedback;
  const { customerText } = event.context;
  const written = action.kind === 'edited' || action.kind === 'accepted' ? action.sentText : '';
  const comment = action.kind === 'rejected' ? action.comment : '';
  const redact = createRedactor([customerText, written, comment, draftText]);
  const question =
    redact(customerText)
      .trim()
      .split(/\n|(?<=[.?!])\s/)[0] ?? '';
  const title = question.length > MAX_TITLE ? `${question.slice(0, MAX_TITLE - 1).trimEnd()}…` : question;
  return { title, markdown: `## ${title}\n\n${redact(written || comment || draftText).trim()}\n` };
}

function withProposal(now: DraftContent | null, id: string, { title, markdown }: Proposed): DraftContent {
  const item = now ?? emptyItem('article', id);
  if (item.kind !== 'article') return item;
  const { article } = item;
  const before = article.markdown.trimEnd();
  return {
    kind: 'article',
    article: {
      ...article,
      title: article.title === '' ? title : article.title,
      markdown: before === '' ? markdown : `${before}\n\n${markdown}`,
    },
  };
}
