import { Tooltip as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

import { Kbd } from './kbd.js';
import './floating.css';

interface TooltipProps {
  readonly text: string;
  readonly keyHint?: string | undefined;
  readonly children: ReactNode;
}

/** Says what an icon means on hover and focus. The trigger keeps its own accessible name. */
export function Tooltip({ text, keyHint, children }: TooltipProps) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className="tooltip" sideOffset={6} collisionPadding={8} aria-hidden="true">
          {text}
          {keyHint !== undefined && <Kbd keys={keyHint} />}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Must stand once above every tooltip. */
export function TooltipArea({ children }: { readonly children: ReactNode }) {
  return (
    <Radix.Provider delayDuration={350} skipDelayDuration={200} disableHoverableContent>
      {children}
    </Radix.Provider>
  );
}
