import { Check } from 'lucide-react';
import { DropdownMenu as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

import './floating.css';
import { Kbd } from './kbd.js';
import './menu.css';

/** One line of a menu. */
export interface MenuItem {
  readonly id: string;
  readonly label: string;
  /** A single letter that chooses it while the menu is open. */
  readonly keyHint?: string;
  /** Why it cannot be chosen now; it stays in reach, so that the reason can be read and heard. */
  readonly unavailable?: string | null;
  /** Said smaller below the label. */
  readonly detail?: string;
  /** Whether it is what is chosen now, in a list where one is. */
  readonly isCurrent?: boolean;
  readonly onSelect: () => void;
}

interface MenuProps {
  readonly label: string;
  readonly trigger: ReactNode;
  readonly items: readonly MenuItem[];
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  /** Where the focus goes when it closes; left out, back to the button. */
  readonly onCloseFocus?: () => void;
}

/**
 * A list of things to do that opens from a button. Arrows move, Enter or an item's own letter chooses.
 * Not modal: Radix' scroll lock writes a `style` element, which our content security policy refuses.
 */
export function Menu({ label, trigger, items, isOpen, onOpenChange, onCloseFocus }: MenuProps) {
  return (
    <Radix.Root modal={false} open={isOpen} onOpenChange={onOpenChange}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          className="popover menu"
          aria-label={label}
          align="start"
          sideOffset={6}
          collisionPadding={8}
          loop
          onCloseAutoFocus={(event) => {
            if (!onCloseFocus) return;
            event.preventDefault();
            onCloseFocus();
          }}
          data-keyboard="own"
          onKeyDownCapture={(event) => {
            if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
            const item = items.find(({ keyHint }) => keyHint?.toLowerCase() === event.key.toLowerCase());
            if (!item) return;
            event.preventDefault();
            event.stopPropagation();
            onOpenChange(false);
            item.onSelect();
          }}
        >
          {items.map(({ id, label: name, keyHint, unavailable, detail, isCurrent, onSelect }) => (
            <Radix.Item
              key={id}
              className="menu-item"
              aria-disabled={unavailable ? true : undefined}
              aria-current={isCurrent ? true : undefined}
              onSelect={onSelect}
            >
              <span className="menu-name">
                {name}
                {detail !== undefined && <span className="menu-detail">{detail}</span>}
              </span>
              {isCurrent && <Check className="menu-current" aria-hidden />}
              {unavailable ? (
                <span className="menu-reason">{unavailable}</span>
              ) : (
                keyHint !== undefined && <Kbd keys={keyHint} />
              )}
            </Radix.Item>
          ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
