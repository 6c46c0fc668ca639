import { Check, ChevronDown, Circle, LoaderCircle, Minus } from 'lucide-react';

import { strings } from '../../app/strings.js';
import { duration } from '../../ui/time.js';
import type { StageRow } from './card-view.js';

const text = strings.stages;

const stateIcon = {
  waiting: <Circle aria-hidden />,
  started: <LoaderCircle aria-hidden className="spin" />,
  finished: <Check aria-hidden />,
  skipped: <Minus aria-hidden />,
} as const;

interface StageStripProps {
  readonly rows: readonly StageRow[];
  /** The whole run, null while it goes on; less than the sum, since stages run side by side. */
  readonly totalMs: number | null;
}

/** The way of the message in one line: each stage as a part of a bar; unfolds to its times. */
export function StageStrip({ rows, totalMs }: StageStripProps) {
  const done = rows.filter(({ state }) => state === 'finished');
  const running = rows.filter(({ state }) => state === 'started').map(({ stage }) => text.name[stage]);
  return (
    <details className="stages">
      <summary className="stages-summary">
        <span className="stages-bar" aria-hidden="true">
          {rows
            .filter(({ state }) => state !== 'skipped')
            .map(({ stage, state, durationMs }) => (
              <span key={stage} data-state={state} style={{ flexGrow: Math.sqrt((durationMs ?? 4) + 1) }} />
            ))}
        </span>
        <span className="stages-text">
          {totalMs === null ? text.running(running) : text.done(done.length, duration(totalMs))}
        </span>
        <ChevronDown aria-hidden />
      </summary>
      <ul className="stages-list" aria-label={text.title}>
        {rows.map(({ stage, state, durationMs, revisions }) => (
          <li key={stage} data-stage={stage} data-state={state}>
            {stateIcon[state]}
            <span>{text.name[stage]}</span>
            {revisions > 0 && <span className="stages-note">{text.revisions(revisions)}</span>}
            <span className="number stages-ms">
              {durationMs === null ? text.state[state] : duration(durationMs)}
            </span>
          </li>
        ))}
        {totalMs !== null && (
          <li className="stages-total">
            <span>{text.total}</span>
            <span className="number stages-ms">{duration(totalMs)}</span>
          </li>
        )}
      </ul>
    </details>
  );
}
