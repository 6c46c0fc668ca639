import { Lock } from 'lucide-react';

import type { Audience } from '../../../shared/domain/evidence.js';
import { freshnessOf, type ArticleDates } from '../../../shared/domain/freshness.js';
import { strings } from '../../app/strings.js';
import { AgeChip } from '../../ui/age-chip.js';
import { Chip } from '../../ui/chip.js';
import { longDate, today } from '../../ui/time.js';

const text = strings.freshness;

interface Marked extends ArticleDates {
  readonly audience: Audience;
  readonly brand: string | null;
  readonly product: string | null;
}

interface ArticleMarksProps {
  readonly of: Marked;
  /** Page of a PDF; null for other sources. */
  readonly page: number | null;
}

/** What to know of an article before using it: not for customers, not valid now, of one brand or product only. */
export function ArticleMarks({ of: { audience, brand, product, ...dates }, page }: ArticleMarksProps) {
  return (
    <>
      {audience === 'internal' && (
        <Chip tone="warn" icon={<Lock aria-hidden />}>
          {strings.evidence.internal}
        </Chip>
      )}
      <FreshnessMark dates={dates} />
      {[brand, product]
        .filter((name) => name !== null)
        .map((name) => (
          <Chip key={name}>{name}</Chip>
        ))}
      {page !== null && <Chip>{strings.knowledge.page(page)}</Chip>}
    </>
  );
}

function FreshnessMark({ dates }: { readonly dates: ArticleDates }) {
  const { updatedAt, validFrom, validUntil } = dates;
  const freshness = freshnessOf(dates, today());
  const date = { current: null, stale: updatedAt, expired: validUntil, upcoming: validFrom }[freshness];
  if (freshness === 'current' || date === null) return null;
  return (
    <AgeChip age={freshness} meaning={text.meaning[freshness]}>
      {text[freshness](longDate(date))}
    </AgeChip>
  );
}
