import type { ReactNode } from 'react';

import './chip.css';

export type Tone = 'neutral' | 'accent' | 'good' | 'warn' | 'bad';

interface ChipProps {
  readonly tone?: Tone;
  readonly icon?: ReactNode;
  /** Said by screen readers before the text, where the text alone is not enough. */
  readonly prefix?: string;
  readonly title?: string;
  readonly children: ReactNode;
}

/** A small fact in a frame. Its tone only underlines what icon and text already say. */
export function Chip({ tone = 'neutral', icon, prefix, title, children }: ChipProps) {
  return (
    <span className="chip" data-tone={tone} title={title}>
      {icon}
      {prefix !== undefined && <span className="visually-hidden">{prefix} </span>}
      <span className="chip-text">{children}</span>
    </span>
  );
}
