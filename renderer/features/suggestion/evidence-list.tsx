import { ChevronRight, CornerDownLeft } from 'lucide-react';

import type { Evidence } from '../../../shared/domain/evidence.js';
import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { Kbd } from '../../ui/kbd.js';
import { Section } from '../../ui/section.js';
import { longDate } from '../../ui/time.js';
import { EvidenceMarks } from './evidence-marks.js';
import { PassageSnippet } from './passage-snippet.js';

const text = strings.evidence;

/** Only as many passages have a number key. */
const NUMBER_KEYS = 9;

interface EvidenceListProps {
  readonly title: string;
  readonly evidence: readonly Evidence[];
  readonly highlighted: readonly string[];
  readonly onOpen: (evidence: Evidence) => void;
  /** Given where a passage may stand in for a reply. */
  readonly onInsert?: (evidence: Evidence) => void;
}

/** The passages behind the card, best first; each opens in its article. */
export function EvidenceList({ title, evidence, highlighted, onOpen, onInsert }: EvidenceListProps) {
  return (
    <Section title={title}>
      {evidence.length === 0 ? (
        <p className="evidence-none">{text.none}</p>
      ) : (
        <ol className="evidence-list" aria-label={title}>
          {evidence.map((item, at) => (
            <li key={item.id} data-evidence={item.id} data-highlighted={highlighted.includes(item.id)}>
              <EvidenceItem item={item} position={at + 1} onOpen={onOpen} />
              {onInsert && (
                <Button
                  variant="quiet"
                  icon={<CornerDownLeft aria-hidden />}
                  aria-label={text.insertLabel(item.id)}
                  onClick={() => onInsert(item)}
                >
                  {text.insert}
                </Button>
              )}
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}

interface EvidenceItemProps {
  readonly item: Evidence;
  readonly position: number;
  readonly onOpen: (evidence: Evidence) => void;
}

function EvidenceItem({ item, position, onOpen }: EvidenceItemProps) {
  const { id, articleTitle, headingPath, updatedAt, freshness } = item;
  return (
    <div className="evidence">
      <button
        type="button"
        className="evidence-open"
        data-position={position}
        aria-haspopup="dialog"
        onClick={() => onOpen(item)}
      >
        <span className="visually-hidden">{text.open} </span>
        <span className="citation" data-kind="plain">
          {id}
        </span>{' '}
        <span className="evidence-title">
          {articleTitle}
          {headingPath.map((heading) => (
            <span key={heading} className="evidence-heading">
              <ChevronRight aria-hidden />
              {heading}
            </span>
          ))}
        </span>
        {position <= NUMBER_KEYS && <Kbd keys={String(position)} />}
      </button>
      <PassageSnippet of={item} />
      <p className="evidence-foot">
        <EvidenceMarks of={item} />
        {updatedAt !== null && freshness !== 'stale' && <span>{text.updated(longDate(updatedAt))}</span>}
      </p>
    </div>
  );
}
