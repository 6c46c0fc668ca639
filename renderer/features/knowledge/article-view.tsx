import { Clock, Lock } from 'lucide-react';
import { useLayoutEffect, useMemo, useRef } from 'react';
import Markdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';

import type { KnowledgeArticle } from '../../../shared/domain/knowledge-article.js';
import { strings } from '../../app/strings.js';
import { Chip } from '../../ui/chip.js';
import { ScrollArea } from '../../ui/scroll-area.js';
import { isPast, longDate } from '../../ui/time.js';
import './article.css';
import type { ArticlePlace } from './knowledge-store.js';
import { markSpans, type MarkedSpan } from './mark-spans.js';

const text = strings.evidence;

/** The window navigates nowhere and loads nothing from outside: a link is its words, an image its description. */
const safeComponents: Components = {
  a: ({ children, href }) => (
    <span className="article-link" title={href}>
      {children}
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

interface ArticleViewProps {
  readonly article: KnowledgeArticle;
  readonly place: ArticlePlace;
}

/** An article as its readers see it, with the passage in question marked and scrolled into sight. */
export function ArticleView({ article, place: { passage, cited } }: ArticleViewProps) {
  const root = useRef<HTMLElement>(null);
  const marks = useMemo(() => {
    const spans: MarkedSpan[] = [];
    if (passage) spans.push({ span: passage, kind: 'passage' });
    if (cited) spans.push({ span: cited, kind: 'cited' });
    return [markSpans(article.markdown, spans)];
  }, [article.markdown, passage, cited]);

  useLayoutEffect(() => {
    const target =
      root.current?.querySelector('mark[data-kind="cited"]') ?? root.current?.querySelector('mark');
    target?.scrollIntoView({ block: 'center' });
  }, [marks]);

  const { audience, updatedAt, validUntil, category, owner } = article;
  return (
    <ScrollArea className="article-scroll" role="group" aria-label={article.title}>
      <article ref={root} className="article">
        <p className="article-meta">
          {audience === 'internal' && (
            <Chip tone="warn" icon={<Lock aria-hidden />}>
              {text.internal}
            </Chip>
          )}
          {isPast(validUntil) && (
            <Chip tone="bad" icon={<Clock aria-hidden />}>
              {text.expired}
            </Chip>
          )}
          <span>{category}</span>
          {updatedAt !== null && <span>{text.updated(longDate(updatedAt))}</span>}
          {validUntil !== null && <span>{text.until(longDate(validUntil))}</span>}
          {owner !== null && <span>{owner}</span>}
        </p>
        <div className="article-body" dir="auto">
          <Markdown remarkPlugins={[remarkGfm]} rehypePlugins={marks} components={safeComponents}>
            {article.markdown}
          </Markdown>
        </div>
      </article>
    </ScrollArea>
  );
}
