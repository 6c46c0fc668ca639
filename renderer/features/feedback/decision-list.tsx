import { useVirtualizer } from '@tanstack/react-virtual';
import { CircleAlert, ListChecks } from 'lucide-react';
import { useEffect, useRef } from 'react';

import { assertNever } from '../../../shared/lib/assert-never.js';
import { strings } from '../../app/strings.js';
import { EmptyState } from '../../ui/empty-state.js';
import { ScrollArea } from '../../ui/scroll-area.js';
import { Skeleton } from '../../ui/skeleton.js';
import { DecisionRow } from './decision-row.js';
import './feedback.css';
import { OutboxLine } from './outbox-line.js';
import { useFeedback, type FeedbackList } from './feedback-store.js';

const text = strings.feedback;
const ESTIMATED_ROW_PX = 84;

/** Every decision the rep took, newest first. */
export function DecisionList() {
  const list = useFeedback((state) => state.list);
  const load = useFeedback((state) => state.load);
  useEffect(() => void load(), [load]);
  switch (list.kind) {
    case 'unread':
    case 'loading':
      return (
        <div className="decisions-pad" role="group" aria-busy="true" aria-label={text.loading}>
          <Skeleton widths={[40, 80, 60, 45, 75, 50]} />
        </div>
      );
    case 'failed':
      return (
        <EmptyState icon={<CircleAlert aria-hidden />} title={text.failed}>
          <p>
            {list.error.message} {list.error.next}
          </p>
        </EmptyState>
      );
    case 'ready':
      if (list.items.length > 0)
        return (
          <>
            <OutboxLine />
            <Rows list={list} />
          </>
        );
      return (
        <EmptyState icon={<ListChecks aria-hidden />} title={text.emptyTitle}>
          <p>{text.emptyNext}</p>
        </EmptyState>
      );
    default:
      return assertNever(list, 'feedback');
  }
}

function Rows({ list: { items, hasMore } }: { readonly list: Extract<FeedbackList, { kind: 'ready' }> }) {
  const loadMore = useFeedback((state) => state.loadMore);
  const hasTeam = useFeedback(({ outbox }) => outbox !== null && outbox.activity !== null);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ESTIMATED_ROW_PX,
    getItemKey: (at) => items[at]?.id ?? at,
    overscan: 6,
  });
  const shown = virtual.getVirtualItems();
  const lastShown = shown.at(-1)?.index ?? 0;

  useEffect(() => {
    if (hasMore && lastShown >= items.length - 1) void loadMore();
  }, [hasMore, lastShown, items.length, loadMore]);

  return (
    <ScrollArea ref={scroller} className="decisions" role="list" aria-label={text.title}>
      <div role="presentation" className="decisions-sizer" style={{ height: virtual.getTotalSize() }}>
        {shown.map(({ index, key, start }) => {
          const item = items[index];
          return (
            item && (
              <div
                key={key}
                ref={virtual.measureElement}
                data-index={index}
                className="decision-slot"
                style={{ transform: `translateY(${start}px)` }}
                role="listitem"
                aria-setsize={items.length}
                aria-posinset={index + 1}
              >
                <DecisionRow decision={item} hasTeam={hasTeam} />
              </div>
            )
          );
        })}
      </div>
    </ScrollArea>
  );
}
