import { useVirtualizer } from '@tanstack/react-virtual';
import { Inbox } from 'lucide-react';
import { useEffect, useRef, type KeyboardEvent } from 'react';

import { assertNever } from '../../../shared/lib/assert-never.js';
import { strings } from '../../app/strings.js';
import { Callout } from '../../ui/callout.js';
import { EmptyState } from '../../ui/empty-state.js';
import { Skeleton } from '../../ui/skeleton.js';
import { InboxRow } from './inbox-row.js';
import { selectRows, useInbox } from './inbox-store.js';
import './inbox.css';

const text = strings.inbox;
const ESTIMATED_ROW_PX = 76;

interface InboxListProps {
  readonly onChosen?: () => void;
  /** Which helpdesk a conversation is from, where that has to be said. */
  readonly helpdeskOf: (conversationId: string) => string | null;
}

/** The conversations, newest change first: a list box of which only the rows in sight exist. */
export function InboxList({ onChosen, helpdeskOf }: InboxListProps) {
  const list = useInbox((state) => state.list);
  switch (list.kind) {
    case 'loading':
      return (
        <div className="inbox-pad" aria-busy="true" aria-label={text.loading} role="group">
          <Skeleton widths={[60, 90, 75, 50, 85, 70, 65, 80]} />
        </div>
      );
    case 'failed':
      return (
        <div className="inbox-pad">
          <Callout tone="bad" icon={<Inbox aria-hidden />} title={list.error.message}>
            <p>{list.error.next}</p>
          </Callout>
        </div>
      );
    case 'ready':
      if (list.rows.length > 0) return <Rows onChosen={onChosen} helpdeskOf={helpdeskOf} />;
      return (
        <EmptyState icon={<Inbox aria-hidden />} title={text.emptyTitle}>
          <p>{text.emptyNext}</p>
        </EmptyState>
      );
    default:
      return assertNever(list, 'inbox');
  }
}

interface RowsProps {
  readonly onChosen: (() => void) | undefined;
  readonly helpdeskOf: InboxListProps['helpdeskOf'];
}

function Rows({ onChosen, helpdeskOf }: RowsProps) {
  const rows = useInbox(selectRows);
  const activeId = useInbox((state) => state.activeId);
  const select = useInbox((state) => state.select);
  const move = useInbox((state) => state.move);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ESTIMATED_ROW_PX,
    getItemKey: (at) => rows[at]?.id ?? at,
    overscan: 6,
  });
  const activeAt = rows.findIndex(({ id }) => id === activeId);

  useEffect(() => {
    if (activeAt >= 0) virtual.scrollToIndex(activeAt);
  }, [virtual, activeAt]);

  function onKeyDown(event: KeyboardEvent): void {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      move(step);
    }
    if (event.key === 'Enter') onChosen?.();
  }

  return (
    <div
      ref={scroller}
      className="inbox-list"
      role="listbox"
      tabIndex={0}
      aria-label={text.title}
      aria-activedescendant={activeAt >= 0 && activeId !== null ? rowId(activeId) : undefined}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" style={{ height: virtual.getTotalSize() }} className="inbox-sizer">
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const row = rows[index];
          return (
            row && (
              <div
                key={key}
                id={rowId(row.id)}
                ref={virtual.measureElement}
                data-index={index}
                className="inbox-slot"
                style={{ transform: `translateY(${start}px)` }}
                role="option"
                tabIndex={-1}
                aria-selected={row.id === activeId}
                aria-setsize={rows.length}
                aria-posinset={index + 1}
                onClick={() => {
                  select(row.id);
                  onChosen?.();
                }}
                onKeyDown={(event) => event.key === 'Enter' && select(row.id)}
              >
                <InboxRow row={row} helpdesk={helpdeskOf(row.id)} />
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}

const rowId = (conversationId: string): string => `inbox-${conversationId}`;
