import { useMemo } from 'react';

import type { Evidence } from '../../../shared/domain/evidence.js';
import { passageParts } from '../../../shared/domain/readable-passage.js';
import { strings } from '../../app/strings.js';
import { plainPiece } from '../../ui/plain-text.js';
import { visibleText } from '../../ui/visible-text.js';

const text = strings.evidence;

/** The words of a passage as plain text; what in it speaks to an assistant is crossed out and named for screen readers. */
export function PassageSnippet({ of: passage }: { readonly of: Evidence }) {
  const parts = useMemo(
    () => passageParts(passage).map((part) => ({ ...part, text: visibleText(plainPiece(part.text)) })),
    [passage],
  );
  return (
    <p className="evidence-snippet" dir="auto">
      {parts.map((part) =>
        part.isInstruction ? (
          <del key={part.start} className="instruction-words">
            <span className="visually-hidden">{text.notUsed} </span>
            {part.text}
          </del>
        ) : (
          part.text
        ),
      )}
    </p>
  );
}
