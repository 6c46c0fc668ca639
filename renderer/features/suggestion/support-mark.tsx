import { CircleCheck, CircleDashed, CircleMinus, CircleX, type LucideIcon } from 'lucide-react';
import { useState } from 'react';

import type { Support } from '../../../shared/domain/critique.js';
import { strings } from '../../app/strings.js';
import { Popover } from '../../ui/popover.js';
import { VerdictDetails, type VerdictDetailsProps } from './verdict-details.js';

const text = strings.reply;

/** The shape tells what the colour would. */
export const supportIcons: Record<Support, LucideIcon> = {
  supported: CircleCheck,
  weak: CircleDashed,
  unsupported: CircleX,
  not_needed: CircleMinus,
};

interface SupportMarkProps extends VerdictDetailsProps {
  /** Which sentence of the reply, counted from 1. */
  readonly position: number;
}

/** How well a sentence stands on its sources; opens to the reasons. The shape tells what the colour would. */
export function SupportMark({ position, ...details }: SupportMarkProps) {
  const [isOpen, setIsOpen] = useState(false);
  const { support, issues } = details.verdict;
  const Icon = supportIcons[support];
  const label = text.supportLabel(text.support[support], position);
  // A greeting has nothing to open: it only shows that it was looked at.
  if (support === 'not_needed' && issues.length === 0)
    return (
      <span role="img" className="support" data-support={support} aria-label={label} title={label}>
        <Icon aria-hidden />
      </span>
    );
  const thenClose =
    <A extends unknown[]>(act: (...given: A) => void) =>
    (...given: A): void => {
      setIsOpen(false);
      act(...given);
    };
  return (
    <Popover
      label={text.issues}
      open={isOpen}
      onOpenChange={setIsOpen}
      trigger={
        <button
          type="button"
          className="support"
          data-support={support}
          data-issues={issues.length > 0}
          aria-label={label}
        >
          <Icon aria-hidden />
        </button>
      }
    >
      <VerdictDetails
        {...details}
        onOpenCitation={thenClose(details.onOpenCitation)}
        onTakeFix={thenClose(details.onTakeFix)}
        onTakeOut={thenClose(details.onTakeOut)}
      />
    </Popover>
  );
}
