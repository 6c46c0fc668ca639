import { ArrowLeft } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';

import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';

interface SplitProps {
  readonly list: ReactNode;
  readonly listLabel: string;
  readonly detail: ReactNode;
  readonly detailLabel: string;
  /** What the detail is about; null while nothing is chosen. A narrow window shows list or detail. */
  readonly shown: string | null;
  readonly onBack: () => void;
}

/** A list and what is chosen in it, side by side where there is room. */
export function Split({ list, listLabel, detail, detailLabel, shown, onBack }: SplitProps) {
  const place = useRef<HTMLElement>(null);
  useEffect(() => place.current?.scrollTo(0, 0), [shown]);
  return (
    <div className="lead-split" data-has-detail={shown !== null}>
      <section className="lead-list" aria-label={listLabel}>
        {list}
      </section>
      <section ref={place} className="lead-detail" aria-label={detailLabel}>
        <div className="lead-back">
          <Button variant="quiet" icon={<ArrowLeft aria-hidden />} onClick={onBack}>
            {strings.lead.back}
          </Button>
        </div>
        {detail}
      </section>
    </div>
  );
}
