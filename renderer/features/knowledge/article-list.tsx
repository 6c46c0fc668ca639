import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';

import { strings } from '../../app/strings.js';
import { ScrollArea } from '../../ui/scroll-area.js';
import { ArticleMarks } from './article-marks.js';
import { useKnowledge, type ArticlePlace, type ArticleRow, type SearchScope } from './knowledge-store.js';

const text = strings.knowledge;
const ESTIMATED_ROW_PX = 34;

type Line =
  | { readonly kind: 'category'; readonly name: string }
  | { readonly kind: 'article'; readonly article: ArticleRow };

/** All articles of the scope by category. Only those in sight exist in the page: a team may have tens of thousands. */
export function ArticleList({ onOpen }: { readonly onOpen: (place: ArticlePlace) => void }) {
  const articles = useKnowledge((state) => state.articles);
  const scope = useKnowledge((state) => state.scope);
  const scroller = useRef<HTMLDivElement>(null);
  const shown = useMemo(() => articles.filter((article) => isInScope(article, scope)), [articles, scope]);
  const lines = useMemo(() => byCategory(shown), [shown]);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ESTIMATED_ROW_PX,
    getItemKey: (at) => keyOf(lines[at], at),
    overscan: 12,
    paddingEnd: 16,
  });
  if (articles.length === 0) return <p className="library-note">{text.noArticles}</p>;
  return (
    <>
      <p className="library-note">{text.articles(shown.length)}</p>
      <ScrollArea ref={scroller} className="library-list" role="list" aria-label={text.list}>
        <div role="presentation" className="library-sizer" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, key, start }) => {
            const line = lines[index];
            return (
              line && (
                <div
                  key={key}
                  ref={virtual.measureElement}
                  data-index={index}
                  role="listitem"
                  aria-setsize={lines.length}
                  aria-posinset={index + 1}
                  className="library-slot"
                  style={{ transform: `translateY(${start}px)` }}
                >
                  {line.kind === 'category' ? (
                    <h3 className="library-category">{line.name.replaceAll('-', ' ')}</h3>
                  ) : (
                    <button
                      type="button"
                      className="library-row"
                      onClick={() =>
                        onOpen({
                          articleId: line.article.id,
                          title: line.article.title,
                          passage: null,
                          cited: null,
                        })
                      }
                    >
                      <span className="library-title">{line.article.title}</span>
                      <ArticleMarks of={line.article} page={null} />
                    </button>
                  )}
                </div>
              )
            );
          })}
        </div>
      </ScrollArea>
    </>
  );
}

function isInScope(article: ArticleRow, { pool, brand, product, withInternal }: SearchScope): boolean {
  return (
    article.pool === pool &&
    (withInternal || article.audience === 'public') &&
    (brand === null || article.brand === null || article.brand === brand) &&
    (product === null || article.product === null || article.product === product)
  );
}

function byCategory(articles: readonly ArticleRow[]): readonly Line[] {
  const categories = Map.groupBy(articles, ({ category }) => category);
  return [...categories].flatMap(([name, own]): Line[] => [
    { kind: 'category', name },
    ...own.map((article) => ({ kind: 'article' as const, article })),
  ]);
}

function keyOf(line: Line | undefined, at: number): string | number {
  if (!line) return at;
  return line.kind === 'category' ? `category ${line.name}` : line.article.id;
}
