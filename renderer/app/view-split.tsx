import { useRef, type KeyboardEvent, type PointerEvent } from 'react';

import { strings } from './strings.js';

/** Percent of the window's width the card may have beside the helpdesk's page. */
const MIN = 25;
const MAX = 60;
const STEP = 2;

const within = (share: number): number => Math.min(MAX, Math.max(MIN, Math.round(share)));

interface ViewSplitProps {
  readonly share: number;
  /** While it is dragged the page is out of the way: a system may take the pointer for it. */
  readonly onDrag: (share: number) => void;
  readonly onDone: (share: number) => void;
}

/** The line between the helpdesk's page and the card, moved by pointer, or by the arrow keys while it has the focus. */
export function ViewSplit({ share, onDrag, onDone }: ViewSplitProps) {
  const dragged = useRef<number | null>(null);

  function move(event: PointerEvent): void {
    if (dragged.current === null) return;
    dragged.current = within(((window.innerWidth - event.clientX) / window.innerWidth) * 100);
    onDrag(dragged.current);
  }

  function drop(): void {
    if (dragged.current === null) return;
    const last = dragged.current;
    dragged.current = null;
    onDone(last);
  }

  function press(event: KeyboardEvent): void {
    const next = { ArrowLeft: share + STEP, ArrowRight: share - STEP, Home: MAX, End: MIN }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    onDone(within(next));
  }

  return (
    // A separator that takes the focus is a widget by the ARIA specification; the rule does not know it.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      className="view-split"
      role="separator"
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={strings.view.split}
      aria-valuemin={MIN}
      aria-valuemax={MAX}
      aria-valuenow={share}
      onKeyDown={press}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        dragged.current = share;
        onDrag(share);
      }}
      onPointerMove={move}
      onPointerUp={drop}
      onPointerCancel={drop}
    />
  );
}
