import { useLayoutEffect, useMemo, useRef } from 'react';
import Markdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';

import type { KnowledgeArticle } from '../../../shared/domain/knowledge-article.js';
import { strings } from '../../app/strings.js';
import { ScrollArea } from '../../ui/scroll-area.js';
import { visibleNodes } from '../../ui/visible-nodes.js';
import { visibleText } from '../../ui/visible-text.js';
import './article.css';
import { ArticleProperties } from './article-properties.js';
import { ArticleSelection, type SelectionHandlers } from './article-selection.js';
import type { ArticlePlace } from './knowledge-store.js';
import { OldPassage } from './old-passage.js';
import type { PassageAsFound } from './passage-place.js';
import { markSpans, type MarkedSpan } from './mark-spans.js';

/** The window navigates nowhere and loads nothing from outside: a link is its words, an image its description. */
const safeComponents: Components = {
  a: ({ children, href }) => (
    <span className="article-link">
      {children}
      {/* Where a link leads is seen, not hidden behind its words. */}
      {href !== undefined && href !== '' && href !== children && (
        <bdi className="article-address"> ({visibleText(href)})</bdi>
      )}
    </span>
  ),
  img: ({ alt }) => <em>{alt}</em>,
  table: ({ children }) => (
    // A wide table scrolls by itself, also by keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="article-table" tabIndex={0} role="region" aria-label={strings.knowledge.table}>
      <table>{children}</table>
    </div>
  ),
};

/** Addresses are shown, never opened: also those that would run a script. */
const asWritten = (address: string): string => address;

interface ArticleViewProps {
  readonly article: KnowledgeArticle;
  readonly place: ArticlePlace;
  /** The passage in question as it was, where the article does not hold it any more. */
  readonly old?: PassageAsFound | null;
  readonly selection: SelectionHandlers;
}

/** An article as its readers see it, with the passage in question marked and scrolled into sight. */
export function ArticleView({
  article,
  place: { passage, cited, instructions },
  old = null,
  selection,
}: ArticleViewProps) {
  const root = useRef<HTMLElement>(null);
  const marks = useMemo(() => {
    const spans: MarkedSpan[] = [];
    if (passage) spans.push({ span: passage, kind: 'passage' });
    if (cited) spans.push({ span: cited, kind: 'cited' });
    for (const span of instructions ?? []) spans.push({ span, kind: 'instruction' });
    return [markSpans(article.markdown, spans), visibleNodes];
  }, [article.markdown, passage, cited, instructions]);

  useLayoutEffect(() => {
    const target =
      root.current?.querySelector('mark[data-kind="cited"]') ?? root.current?.querySelector('mark');
    target?.scrollIntoView({ block: 'center' });
  }, [marks]);

  return (
    <>
      <ScrollArea className="article-scroll" role="group" aria-label={article.title}>
        <article
          ref={root}
          className="article"
          onCopy={() => article.audience === 'internal' && selection.onCopiedByHand()}
        >
          {old && <OldPassage found={old} why="changed" />}
          <ArticleProperties article={article} onCopyAddress={selection.onCopyAddress} />
          <div className="article-body" dir="auto">
            <Markdown
              remarkPlugins={[remarkGfm]}
              rehypePlugins={marks}
              components={safeComponents}
              urlTransform={asWritten}
            >
              {article.markdown}
            </Markdown>
          </div>
        </article>
      </ScrollArea>
      <ArticleSelection
        article={article}
        passage={passage}
        instructions={instructions ?? []}
        within={root}
        handlers={selection}
      />
    </>
  );
}
