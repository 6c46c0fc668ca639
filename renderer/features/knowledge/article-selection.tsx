import { Copy, CornerDownLeft } from 'lucide-react';
import { useEffect, useState, type RefObject } from 'react';

import type { Span } from '../../../shared/domain/evidence.js';
import type { KnowledgeArticle } from '../../../shared/domain/knowledge-article.js';
import { sayablePassage } from '../../../shared/domain/readable-passage.js';
import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { plainText } from '../../ui/plain-text.js';

const text = strings.knowledge;

/** A text of an article that the rep wants elsewhere, with what is to be known of it. */
export type ArticleText = Pick<KnowledgeArticle, 'title' | 'audience'> & { readonly text: string };

/** What can be done with a text of an article; `app/` ties it to composer and clipboard and asks before internal text leaves. */
export interface SelectionHandlers {
  readonly onInsert: (text: ArticleText) => void;
  readonly onCopy: (text: ArticleText) => void;
  /** Internal text was copied past the buttons, with the system's own key. */
  readonly onCopiedByHand: () => void;
  readonly onCopyAddress: (address: string) => void;
}

interface ArticleSelectionProps {
  readonly article: KnowledgeArticle;
  /** What stands in for a selection: a mouse is needed to select, the marked passage needs none. */
  readonly passage: Span | null;
  /** Places in the article that speak to an assistant; they do not go with the passage. */
  readonly instructions?: readonly Span[];
  readonly within: RefObject<HTMLElement | null>;
  readonly handlers: SelectionHandlers;
}

/** Takes the selected words, else the marked passage, into the reply or the clipboard. */
export function ArticleSelection({
  article,
  passage,
  instructions = [],
  within,
  handlers,
}: ArticleSelectionProps) {
  const selected = useSelectedText(within);
  const marked = passage ? plainText(sayable(article.markdown, passage, instructions)) : '';
  const body = selected || marked;
  if (body === '') return null;
  const { title, audience } = article;
  const given: ArticleText = { title, audience, text: body };
  return (
    <div className="article-foot" role="group" aria-label={selected ? text.selection : text.marked}>
      <span className="article-foot-what">{selected ? text.selection : text.marked}</span>
      <Button icon={<CornerDownLeft aria-hidden />} onClick={() => handlers.onInsert(given)}>
        {text.insertSelection}
      </Button>
      <Button icon={<Copy aria-hidden />} onClick={() => handlers.onCopy(given)}>
        {text.copySelection}
      </Button>
    </div>
  );
}

/** The words selected inside an element; they stay known while a button is pressed. */
function useSelectedText(within: RefObject<HTMLElement | null>): string {
  const [selected, setSelected] = useState('');
  useEffect(() => {
    const read = (): void => {
      const selection = document.getSelection();
      const isInside = selection?.anchorNode ? within.current?.contains(selection.anchorNode) : false;
      setSelected(isInside ? (selection?.toString().trim() ?? '') : '');
    };
    document.addEventListener('selectionchange', read);
    return () => document.removeEventListener('selectionchange', read);
  }, [within]);
  return selected;
}

function sayable(markdown: string, { start, end }: Span, instructions: readonly Span[]): string {
  const inPassage = instructions
    .filter((one) => one.start < end && start < one.end)
    .map((one) => ({ start: Math.max(0, one.start - start), end: Math.max(0, one.end - start) }));
  return sayablePassage({ text: markdown.slice(start, end), instructions: inPassage });
}
