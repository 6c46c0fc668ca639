import { useVirtualizer } from '@tanstack/react-virtual';
import { CircleAlert, CircleDashed, ShieldAlert } from 'lucide-react';
import { useEffect, useRef, type KeyboardEvent } from 'react';

import type { EgressEntry } from '../../../shared/domain/egress-entry.js';
import { strings } from '../../app/strings.js';
import { Chip } from '../../ui/chip.js';
import { Time } from '../../ui/time.js';
import { useLedger } from './ledger-store.js';
import { sizeText } from '../../ui/size-text.js';
import { purposeOf, sumOf } from './ledger-words.js';

const text = strings.ledger;
const ESTIMATED_ROW_PX = 62;

/** A list box of which only the rows in sight exist; arrows choose. */
export function RequestList({ entries }: { readonly entries: readonly EgressEntry[] }) {
  const chosen = useLedger((state) => (state.chosen.kind === 'none' ? null : state.chosen.id));
  const choose = useLedger((state) => state.choose);
  const move = useLedger((state) => state.move);
  const hasMore = useLedger((state) => state.hasMore);
  const loadMore = useLedger((state) => state.loadMore);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ESTIMATED_ROW_PX,
    getItemKey: (at) => entries[at]?.id ?? at,
    overscan: 8,
  });
  const shown = virtual.getVirtualItems();
  const lastShown = shown.at(-1)?.index ?? 0;
  const chosenAt = entries.findIndex(({ id }) => id === chosen);
  useEffect(() => {
    if (hasMore && lastShown >= entries.length - 1) void loadMore();
  }, [hasMore, lastShown, entries.length, loadMore]);
  useEffect(() => {
    if (chosenAt >= 0) virtual.scrollToIndex(chosenAt);
  }, [virtual, chosenAt]);

  function onKeyDown(event: KeyboardEvent): void {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : null;
    if (step === null) return;
    event.preventDefault();
    void move(step);
  }

  return (
    <div
      ref={scroller}
      className="ledger-list"
      role="listbox"
      tabIndex={0}
      aria-label={text.list}
      aria-activedescendant={chosen !== null && chosenAt >= 0 ? rowId(chosen) : undefined}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" className="ledger-sizer" style={{ height: virtual.getTotalSize() }}>
        {shown.map(({ index, key, start }) => {
          const entry = entries[index];
          return (
            entry && (
              <div
                key={key}
                id={rowId(entry.id)}
                ref={virtual.measureElement}
                data-index={index}
                className="ledger-slot"
                style={{ transform: `translateY(${start}px)` }}
                role="option"
                tabIndex={-1}
                aria-selected={entry.id === chosen}
                aria-setsize={entries.length}
                aria-posinset={index + 1}
                onClick={() => void choose(entry.id)}
                onKeyDown={(event) => event.key === 'Enter' && void choose(entry.id)}
              >
                <Row entry={entry} />
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}

function Row({ entry }: { readonly entry: EgressEntry }) {
  const replaced = sumOf(entry.replaced);
  const kept = sumOf(entry.kept);
  return (
    <div className="ledger-row" data-state={entry.state}>
      <span className="ledger-row-title">{purposeOf(entry)}</span>
      <Time iso={entry.at} className="ledger-row-time" />
      <span className="ledger-row-host">
        {entry.host} · {sizeText(entry.bodyBytes)}
      </span>
      <span className="ledger-row-marks">
        {replaced > 0 && <Chip tone="accent">{text.replacedCount(replaced)}</Chip>}
        {kept > 0 && (
          <Chip tone="warn" icon={<ShieldAlert aria-hidden />}>
            {text.keptCount(kept)}
          </Chip>
        )}
        {entry.state === 'failed' && (
          <Chip tone="bad" icon={<CircleAlert aria-hidden />}>
            {text.state.failed}
          </Chip>
        )}
        {entry.state === 'answered' && (entry.status ?? 0) >= 400 && (
          <Chip tone="bad" icon={<CircleAlert aria-hidden />}>
            {text.refused(entry.status ?? 0)}
          </Chip>
        )}
        {entry.state === 'open' && <Chip icon={<CircleDashed aria-hidden />}>{text.state.open}</Chip>}
      </span>
    </div>
  );
}

const rowId = (id: number): string => `request-${String(id)}`;
