import { CircleAlert, LoaderCircle, Square } from 'lucide-react';

import type { ImportActivity, ImportProgress } from '../../../shared/domain/knowledge-source.js';
import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { Callout } from '../../ui/callout.js';
import { roughDuration } from '../../ui/time.js';
import { nameOf } from './source-name.js';
import { useSources } from './sources-store.js';

const text = strings.sources;

/**
 * What the import does now, or how the last one ended when it did not end well. Keeps its place while nothing runs, so
 * that the list above never moves under the rep's hand.
 */
export function ImportDock() {
  const activity = useSources((state) => state.activity);
  return (
    <div className="import-dock">
      {activity.state === 'running' ? <Running {...activity} /> : <Resting />}
    </div>
  );
}

type RunningActivity = Extract<ImportActivity, { readonly state: 'running' }>;

/** The import that runs now: its phase, how far, how fast, what is left. */
function Running({ path, progress, waiting, canStop }: RunningActivity) {
  const stop = useSources((state) => state.stop);
  return (
    <section className="import" aria-label={text.running} data-phase={progress?.phase}>
      <div className="import-head">
        <LoaderCircle aria-hidden className="spin" />
        <strong>{progress ? text.phase[progress.phase] : text.starting}</strong>
        <span className="import-what" title={path ?? undefined}>
          {path === null ? text.takingOver : nameOf(path)}
        </span>
        {canStop && (
          <Button variant="quiet" icon={<Square aria-hidden />} onClick={() => void stop()}>
            {text.stop}
          </Button>
        )}
      </div>
      <progress
        aria-label={text.progress}
        {...(progress && progress.total > 0 ? { max: progress.total, value: progress.done } : {})}
      />
      <p className="import-figures">
        {[...(progress ? figures(progress) : []), ...(waiting > 0 ? [text.waiting(waiting)] : [])].join(
          ' · ',
        )}
      </p>
    </section>
  );
}

/** What was refused, how the last import ended when it did not end well, or that nothing runs. */
function Resting() {
  const problem = useSources((state) => state.problem);
  const finished = useSources((state) => state.finished);
  const outcome = finished?.outcome;
  const error = problem ?? (outcome?.kind === 'failed' ? outcome.error : null);
  if (error)
    return (
      <Callout tone="bad" icon={<CircleAlert aria-hidden />} title={error.message}>
        {error.detail !== undefined && <p>{error.detail}</p>}
        <p>{error.next}</p>
      </Callout>
    );
  if (outcome?.kind === 'cancelled')
    return (
      <Callout tone="neutral" icon={<CircleAlert aria-hidden />} title={strings.notice.importStopped}>
        <p>{text.cancelled}</p>
      </Callout>
    );
  return <p className="import-rest">{text.resting}</p>;
}

function figures({ done, total, perSecond, remainingMs }: ImportProgress): readonly string[] {
  return [
    text.count(done, total),
    ...(perSecond > 0 ? [text.speed(perSecond)] : []),
    ...(remainingMs !== null && done < total ? [text.left(roughDuration(remainingMs))] : []),
  ];
}
