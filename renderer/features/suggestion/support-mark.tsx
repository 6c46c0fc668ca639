import { CircleCheck, CircleDashed, CircleMinus, CircleX, type LucideIcon } from 'lucide-react';

import type { SentenceCritique, Support } from '../../../shared/domain/critique.js';
import { strings } from '../../app/strings.js';
import { Popover } from '../../ui/popover.js';

const text = strings.reply;

const icons: Record<Support, LucideIcon> = {
  supported: CircleCheck,
  weak: CircleDashed,
  unsupported: CircleX,
  not_needed: CircleMinus,
};

interface SupportMarkProps {
  readonly critique: SentenceCritique;
  /** Which sentence of the reply, counted from 1. */
  readonly position: number;
  /** What the sentence stands on, ready to print. */
  readonly sources: readonly string[];
}

/** How well a sentence stands on its sources; opens to the reasons. */
export function SupportMark({ critique: { support, issues }, position, sources }: SupportMarkProps) {
  const Icon = icons[support];
  return (
    <Popover
      label={text.issues}
      trigger={
        <button
          type="button"
          className="support"
          data-support={support}
          aria-label={text.supportLabel(text.support[support], position)}
        >
          <Icon aria-hidden />
        </button>
      }
    >
      <p className="popover-title">{text.support[support]}</p>
      {issues.length > 0 && (
        <ul className="popover-list">
          {issues.map(({ kind, message }) => (
            <li key={`${kind} ${message}`}>{message}</li>
          ))}
        </ul>
      )}
      {sources.length > 0 && (
        <ul className="popover-list popover-sources">
          {sources.map((source) => (
            <li key={source}>{source}</li>
          ))}
        </ul>
      )}
    </Popover>
  );
}
