import type { ReactNode } from 'react';

import './callout.css';
import type { Tone } from './chip.js';

interface CalloutProps {
  readonly tone: Tone;
  readonly icon: ReactNode;
  readonly title: string;
  readonly children?: ReactNode;
}

/** A boxed note with a title: something to know before going on. */
export function Callout({ tone, icon, title, children }: CalloutProps) {
  return (
    <div className="callout" data-tone={tone}>
      {icon}
      <div className="callout-text">
        <strong>{title}</strong>
        {children}
      </div>
    </div>
  );
}
