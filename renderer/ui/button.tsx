import type { ComponentPropsWithRef, ReactNode } from 'react';

import { Kbd } from './kbd.js';
import './button.css';
import { Tooltip } from './tooltip.js';

export interface ButtonProps extends ComponentPropsWithRef<'button'> {
  readonly variant?: 'primary' | 'plain' | 'quiet' | 'danger';
  readonly icon?: ReactNode;
  /** The key that does the same, as it is printed on the keyboard; shown beside the text. */
  readonly keyHint?: string | undefined;
}

/** A button with a text, an icon before it and the key that does the same after it. */
export function Button({ variant = 'plain', icon, keyHint, children, ...rest }: ButtonProps) {
  return (
    <button type="button" className="button" data-variant={variant} {...rest}>
      {icon}
      <span>{children}</span>
      {keyHint !== undefined && <Kbd keys={keyHint} />}
    </button>
  );
}

export interface IconButtonProps extends ComponentPropsWithRef<'button'> {
  /** What the button does: its accessible name and its tooltip. */
  readonly label: string;
  readonly icon: ReactNode;
  readonly keyHint?: string | undefined;
  /** Whether the key stands on the button; else only in its tooltip. */
  readonly showKey?: boolean;
}

/** A button that is only an icon; its tooltip says what it does. */
export function IconButton({ label, icon, keyHint, showKey = false, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} keyHint={keyHint}>
      <button
        type="button"
        className="button"
        data-variant="quiet"
        data-icon-only
        aria-label={label}
        {...rest}
      >
        {icon}
        {showKey && keyHint !== undefined && <Kbd keys={keyHint} />}
      </button>
    </Tooltip>
  );
}
