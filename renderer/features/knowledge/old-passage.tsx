import { History } from 'lucide-react';

import { strings } from '../../app/strings.js';
import { Callout } from '../../ui/callout.js';
import { plainPiece } from '../../ui/plain-text.js';
import { longDate } from '../../ui/time.js';
import { visibleText } from '../../ui/visible-text.js';
import type { PassageAsFound } from './passage-place.js';

const text = strings.knowledge.old;

interface OldPassageProps {
  readonly found: PassageAsFound;
  /** `changed`: the article is there and says something else; `gone`: it is not in the knowledge any more. */
  readonly why: 'changed' | 'gone';
}

/** The passage a suggestion stood on, word for word as it was, where the knowledge does not say so any more. */
export function OldPassage({ found, why }: OldPassageProps) {
  const { span, cited, updatedAt } = found;
  const from = cited ? Math.max(0, cited.start - span.start) : 0;
  const to = cited ? Math.max(from, cited.end - span.start) : 0;
  return (
    <section className="old-passage" aria-label={text.label}>
      <Callout tone="warn" icon={<History aria-hidden />} title={text.title[why]}>
        <p>{text.meaning}</p>
      </Callout>
      <blockquote dir="auto">
        {visibleText(plainPiece(found.text.slice(0, from)))}
        {to > from && <mark data-kind="cited">{visibleText(plainPiece(found.text.slice(from, to)))}</mark>}
        {visibleText(plainPiece(found.text.slice(to)))}
      </blockquote>
      <p className="old-passage-foot">
        {text.label}
        {updatedAt !== null && ` · ${strings.evidence.updated(longDate(updatedAt))}`}
      </p>
    </section>
  );
}
