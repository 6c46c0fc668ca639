import { BotOff, Lock } from 'lucide-react';

import type { Evidence } from '../../../shared/domain/evidence.js';
import { strings } from '../../app/strings.js';
import { AgeChip } from '../../ui/age-chip.js';
import { Chip } from '../../ui/chip.js';
import { longDate } from '../../ui/time.js';

const text = strings.evidence;

/** What to know of a passage before using it: not for customers, not valid now, of one brand, product or page only. */
export function EvidenceMarks({ of }: { readonly of: Evidence }) {
  const { audience, brand, product, page, instructions = [] } = of;
  return (
    <>
      {audience === 'internal' && (
        <Chip tone="warn" icon={<Lock aria-hidden />} title={text.internalMeaning}>
          {text.internal}
        </Chip>
      )}
      {instructions.length > 0 && (
        <Chip tone="bad" icon={<BotOff aria-hidden />} title={text.instructionsMeaning}>
          {text.instructions}
        </Chip>
      )}
      <FreshnessMark of={of} />
      {[brand, product]
        .filter((name) => name !== null)
        .map((name) => (
          <Chip key={name}>{name}</Chip>
        ))}
      {page !== null && <span>{strings.knowledge.page(page)}</span>}
    </>
  );
}

function FreshnessMark({ of: { freshness, updatedAt, validFrom, validUntil } }: { readonly of: Evidence }) {
  if (freshness === 'current') return null;
  const date = { stale: updatedAt, expired: validUntil, upcoming: validFrom }[freshness];
  const { label, meaning } = strings.freshness;
  return (
    <AgeChip age={freshness} meaning={meaning[freshness]}>
      {date === null ? label[freshness] : strings.freshness[freshness](longDate(date))}
    </AgeChip>
  );
}
