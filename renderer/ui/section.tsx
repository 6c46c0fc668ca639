import { useId, type ReactNode } from 'react';

import './section.css';

interface SectionProps {
  readonly title: string;
  /** Stands at the right of the title. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** A titled part of a panel; its title is its accessible name. */
export function Section({ title, aside, children }: SectionProps) {
  const titleId = useId();
  return (
    <section className="section" aria-labelledby={titleId}>
      <div className="section-head">
        <h3 id={titleId} className="section-title">
          {title}
        </h3>
        {aside}
      </div>
      {children}
    </section>
  );
}
