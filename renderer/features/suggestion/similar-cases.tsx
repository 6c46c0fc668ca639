import { ChevronRight } from 'lucide-react';

import type { Evidence } from '../../../shared/domain/evidence.js';
import { strings } from '../../app/strings.js';
import { plainText } from '../../ui/plain-text.js';
import { visibleText } from '../../ui/visible-text.js';
import { longDate } from '../../ui/time.js';

const text = strings.cases;

interface SimilarCasesProps {
  readonly cases: readonly Evidence[];
  readonly onOpen: (item: Evidence) => void;
}

/** How customers with the same need were answered before: folded, to look at, never part of the reply. */
export function SimilarCases({ cases, onOpen }: SimilarCasesProps) {
  if (cases.length === 0) return null;
  return (
    <details className="cases">
      <summary>
        <ChevronRight aria-hidden />
        {text.title(cases.length)}
      </summary>
      <p className="cases-note">{text.note}</p>
      <ul className="evidence-list" aria-label={text.label}>
        {cases.map((item) => (
          <li key={item.id} data-case={item.id}>
            <div className="evidence">
              <button type="button" className="case-open" aria-haspopup="dialog" onClick={() => onOpen(item)}>
                <span className="visually-hidden">{text.open} </span>
                <span className="citation" data-kind="plain">
                  {item.id}
                </span>{' '}
                <span className="evidence-title">{item.articleTitle}</span>
              </button>
              <p className="case-text" dir="auto">
                {visibleText(plainText(item.text))}
              </p>
              {item.updatedAt !== null && <p className="evidence-foot">{longDate(item.updatedAt)}</p>}
            </div>
          </li>
        ))}
      </ul>
    </details>
  );
}
