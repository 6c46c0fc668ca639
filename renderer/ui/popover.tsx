import { Popover as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

import './floating.css';

interface PopoverProps {
  /** The accessible name of what opens. */
  readonly label: string;
  readonly trigger: ReactNode;
  readonly children: ReactNode;
  readonly side?: 'top' | 'right' | 'bottom';
  readonly open?: boolean;
  readonly onOpenChange?: (isOpen: boolean) => void;
}

/** A small panel that belongs to a button. Keys pressed inside stay inside. */
export function Popover({ label, trigger, children, side = 'bottom', open, onOpenChange }: PopoverProps) {
  const control = {
    ...(open === undefined ? {} : { open }),
    ...(onOpenChange === undefined ? {} : { onOpenChange }),
  };
  return (
    <Radix.Root {...control}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          className="popover"
          side={side}
          align="start"
          sideOffset={6}
          collisionPadding={8}
          aria-label={label}
          data-keyboard="own"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
