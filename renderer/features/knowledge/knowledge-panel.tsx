import { ArrowLeft, Lock, Search as SearchIcon } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';

import { assertNever } from '../../../shared/lib/assert-never.js';
import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { Callout } from '../../ui/callout.js';
import { Chip } from '../../ui/chip.js';
import { Dialog } from '../../ui/dialog.js';
import { plainText } from '../../ui/plain-text.js';
import { Skeleton } from '../../ui/skeleton.js';
import { ArticleReader } from './article-reader.js';
import './knowledge.css';
import { useKnowledge, type ArticlePlace } from './knowledge-store.js';

const text = strings.knowledge;
const TYPING_PAUSE_MS = 150;

/** Everything the team knows: search it in a customer's words, or leaf through it. */
export function KnowledgePanel({ onClose }: { readonly onClose: () => void }) {
  const reader = useKnowledge((state) => state.reader);
  const closeArticle = useKnowledge((state) => state.closeArticle);
  const loadArticles = useKnowledge((state) => state.loadArticles);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => void loadArticles(), [loadArticles]);
  const isReading = reader.kind !== 'closed';
  return (
    <Dialog
      title={isReading ? reader.place.title : text.title}
      closeLabel={strings.app.close}
      shape="sheet"
      onClose={onClose}
      initialFocus={field}
      aside={
        isReading && (
          <Button variant="quiet" icon={<ArrowLeft aria-hidden />} onClick={closeArticle}>
            {text.back}
          </Button>
        )
      }
    >
      {isReading ? <ArticleReader reader={reader} /> : <Library fieldRef={field} />}
    </Dialog>
  );
}

function Library({ fieldRef }: { readonly fieldRef: React.RefObject<HTMLInputElement | null> }) {
  const query = useKnowledge((state) => state.query);
  const ask = useKnowledge((state) => state.ask);
  const openArticle = useKnowledge((state) => state.openArticle);
  const [typed, setTyped] = useState(query);

  useEffect(() => {
    if (typed === query) return;
    const timer = setTimeout(() => void ask(typed), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, query, ask]);

  const open = (place: ArticlePlace): void => void openArticle(place);
  return (
    <div className="library">
      <label className="library-search">
        <SearchIcon aria-hidden />
        <input
          ref={fieldRef}
          type="search"
          aria-label={text.search}
          placeholder={text.placeholder}
          maxLength={2000}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </label>
      <SearchResults onOpen={open} />
    </div>
  );
}

function SearchResults({ onOpen }: { readonly onOpen: (place: ArticlePlace) => void }) {
  const search = useKnowledge((state) => state.search);
  switch (search.kind) {
    case 'none':
      return <AllArticles onOpen={onOpen} />;
    case 'searching':
      return (
        <div className="library-pad" role="group" aria-busy="true" aria-label={text.searching}>
          <Skeleton widths={[50, 90, 70]} />
        </div>
      );
    case 'failed':
      return (
        <div className="library-pad">
          <Callout tone="bad" icon={<SearchIcon aria-hidden />} title={search.error.message}>
            <p>{search.error.next}</p>
          </Callout>
        </div>
      );
    case 'found':
      if (search.passages.length === 0) return <p className="library-note">{text.noResults}</p>;
      return (
        <>
          <p className="library-note">{text.results(search.passages.length)}</p>
          <ul aria-label={text.results(search.passages.length)}>
            {search.passages.map(
              ({ chunkId, articleId, articleTitle, headingPath, span, text: body, audience }) => (
                <li key={chunkId}>
                  <button
                    type="button"
                    className="library-row"
                    onClick={() => onOpen({ articleId, title: articleTitle, passage: span, cited: null })}
                  >
                    <span className="library-title">{[articleTitle, ...headingPath].join(' › ')}</span>
                    {audience === 'internal' && <InternalChip />}
                    <span className="library-snippet">{plainText(body)}</span>
                  </button>
                </li>
              ),
            )}
          </ul>
        </>
      );
    default:
      return assertNever(search, 'search');
  }
}

function AllArticles({ onOpen }: { readonly onOpen: (place: ArticlePlace) => void }) {
  const articles = useKnowledge((state) => state.articles);
  if (articles.length === 0) return <p className="library-note">{text.noArticles}</p>;
  const categories = Map.groupBy(articles, ({ category }) => category);
  return (
    <>
      <p className="library-note">{text.articles(articles.length)}</p>
      {[...categories].map(([category, own]) => (
        <section key={category} aria-label={category}>
          <h3 className="library-category">{category.replaceAll('-', ' ')}</h3>
          <ul>
            {own.map(({ id, title, audience }) => (
              <li key={id}>
                <button
                  type="button"
                  className="library-row"
                  onClick={() => onOpen({ articleId: id, title, passage: null, cited: null })}
                >
                  <span className="library-title">{title}</span>
                  {audience === 'internal' && <InternalChip />}
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function InternalChip() {
  return (
    <Chip tone="warn" icon={<Lock aria-hidden />}>
      {strings.evidence.internal}
    </Chip>
  );
}
