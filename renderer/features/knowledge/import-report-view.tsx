import { CircleCheck } from 'lucide-react';
import { useState, type ReactNode } from 'react';

import type {
  DuplicatePassage,
  ImportFailure,
  ImportReport,
  PassagePlace,
} from '../../../shared/domain/knowledge-source.js';
import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { Chip } from '../../ui/chip.js';
import { Section } from '../../ui/section.js';
import { duration } from '../../ui/time.js';
import { useKnowledge } from './knowledge-store.js';

const text = strings.sources;
/** So many rows at once: a folder may hold thousands of files that cannot be read. */
const STEP = 50;

/** What the last import brought, what it could not read and why, and what is there twice. */
export function ImportReportView({ report }: { readonly report: ImportReport }) {
  const { failures, duplicates, duplicateCount, durationMs } = report;
  return (
    <>
      <Section title={text.reportTitle}>
        <p className="report-counts">
          {text.reportCounts(report)} · {text.took(duration(durationMs))}
        </p>
        {failures.length === 0 && (
          <p className="report-good">
            <CircleCheck aria-hidden />
            {text.noFailures}
          </p>
        )}
      </Section>
      {failures.length > 0 && (
        <Section title={text.failuresCount(failures.length)}>
          <Steps
            label={text.failures}
            items={failures}
            show={(failure, at) => <Failure key={at} failure={failure} />}
          />
        </Section>
      )}
      {duplicates.length > 0 && (
        <Section title={text.duplicatesCount(duplicateCount)}>
          <Steps
            label={text.duplicates}
            items={duplicates}
            show={(pair, at) => <Duplicate key={at} pair={pair} />}
          />
          {duplicateCount > duplicates.length && (
            <p className="report-counts">{text.notListed(duplicateCount - duplicates.length)}</p>
          )}
        </Section>
      )}
    </>
  );
}

interface StepsProps<T> {
  readonly label: string;
  readonly items: readonly T[];
  readonly show: (item: T, at: number) => ReactNode;
}

/** A list that unfolds a step at a time. */
function Steps<T>({ label, items, show }: StepsProps<T>) {
  const [count, setCount] = useState(STEP);
  const rest = items.length - count;
  return (
    <>
      <ul className="report-list" aria-label={label}>
        {items.slice(0, count).map(show)}
      </ul>
      {rest > 0 && (
        <Button variant="quiet" onClick={() => setCount(count + STEP)}>
          {text.more(Math.min(rest, STEP))}
        </Button>
      )}
    </>
  );
}

function Failure({ failure: { path, place, reason } }: { readonly failure: ImportFailure }) {
  return (
    <li>
      <span className="path">
        {path}
        {place !== null && `, ${text.place(place, isPaged(path))}`}
      </span>
      <span className="report-reason">{reason}</span>
    </li>
  );
}

function Duplicate({ pair: { kind, similarity, first, second } }: { readonly pair: DuplicatePassage }) {
  return (
    <li>
      <span className="report-kind">
        <Chip tone={kind === 'exact' ? 'warn' : 'neutral'}>{text.duplicateKind[kind]}</Chip>
        {kind === 'near' && <span>{text.similarity(similarity)}</span>}
      </span>
      <Place place={first} />
      <Place place={second} />
    </li>
  );
}

function Place({ place: { articleId, articleTitle, span } }: { readonly place: PassagePlace }) {
  const openArticle = useKnowledge((state) => state.openArticle);
  return (
    <button
      type="button"
      className="report-place"
      aria-label={text.openPassage(articleTitle)}
      onClick={() => void openArticle({ articleId, title: articleTitle, passage: span, cited: null })}
    >
      {articleTitle}
    </button>
  );
}

/** Only a PDF has pages; a place in any other file is a line. */
const isPaged = (path: string): boolean => path.toLowerCase().endsWith('.pdf');
