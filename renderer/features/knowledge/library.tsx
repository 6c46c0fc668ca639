import { CircleCheck, Search as SearchIcon, TriangleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';

import type { Evidence } from '../../../shared/domain/evidence.js';
import type { RouteOutput } from '../../../shared/contracts/ipc/index.js';
import { assertNever } from '../../../shared/lib/assert-never.js';
import { strings } from '../../app/strings.js';
import { Callout } from '../../ui/callout.js';
import { plainText } from '../../ui/plain-text.js';
import { visibleText } from '../../ui/visible-text.js';
import { Skeleton } from '../../ui/skeleton.js';
import { ArticleList } from './article-list.js';
import { ArticleMarks } from './article-marks.js';
import { useKnowledge, type ArticlePlace } from './knowledge-store.js';
import { SearchFilters } from './search-filters.js';

const text = strings.knowledge;
const TYPING_PAUSE_MS = 150;

/** The team's knowledge: what fits a question, or all of it. */
export function Library({ fieldRef }: { readonly fieldRef: React.RefObject<HTMLInputElement | null> }) {
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
      <SearchFilters />
      <Results onOpen={open} />
    </div>
  );
}

function Results({ onOpen }: { readonly onOpen: (place: ArticlePlace) => void }) {
  const search = useKnowledge((state) => state.search);
  switch (search.kind) {
    case 'none':
      return <ArticleList onOpen={onOpen} />;
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
      return <Found found={search.found} onOpen={onOpen} />;
    default:
      return assertNever(search, 'search');
  }
}

interface FoundProps {
  readonly found: RouteOutput<'knowledge.search'>;
  readonly onOpen: (place: ArticlePlace) => void;
}

function Found({ found: { passages, confidence, isAnswerable, mode }, onOpen }: FoundProps) {
  if (passages.length === 0) return <p className="library-note">{text.noResults}</p>;
  return (
    <div className="library-results">
      <p className="library-note">{text.results(passages.length)}</p>
      <p className="library-verdict" data-answerable={isAnswerable}>
        {isAnswerable ? <CircleCheck aria-hidden /> : <TriangleAlert aria-hidden />}
        {isAnswerable ? text.sure(confidence) : text.unsure(confidence)}
      </p>
      {mode === 'lexical' && <p className="library-note">{text.wordsOnly}</p>}
      <ul aria-label={text.results(passages.length)}>
        {passages.map((passage) => (
          <li key={passage.chunkId}>
            <FoundPassage passage={passage} onOpen={onOpen} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function FoundPassage({
  passage,
  onOpen,
}: {
  readonly passage: Evidence;
  readonly onOpen: FoundProps['onOpen'];
}) {
  const { articleId, articleTitle, headingPath, span, text: body } = passage;
  return (
    <button
      type="button"
      className="library-row"
      onClick={() => onOpen({ articleId, title: articleTitle, passage: span, cited: null })}
    >
      <span className="library-title">{[articleTitle, ...headingPath].join(' › ')}</span>
      <ArticleMarks of={passage} page={passage.page} />
      <span className="library-snippet">{visibleText(plainText(body))}</span>
    </button>
  );
}
