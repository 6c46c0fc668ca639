import { Ban } from 'lucide-react';

import type { Fact } from '../../../shared/domain/tool-call.js';
import { strings } from '../../app/strings.js';
import { visibleText } from '../../ui/visible-text.js';

const text = strings.facts;

/** What a fact says; where words were kept out of replies, those too, marked, as the system has them. */
export function FactValue({ fact: { value, original } }: { readonly fact: Fact }) {
  return (
    <>
      {visibleText(value)}
      {original !== undefined && (
        <span className="facts-original" title={text.originalMeaning}>
          <Ban aria-hidden />
          <span className="facts-original-label">{text.original}</span>{' '}
          <q dir="auto">{visibleText(original)}</q>
        </span>
      )}
    </>
  );
}
