import { LoaderCircle, Square } from 'lucide-react';

import type { ImportProgress } from '../../../shared/domain/knowledge-source.js';
import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { roughDuration } from '../../ui/time.js';
import { useSources } from './sources-store.js';

const text = strings.sources;

/** The import that runs now: its phase, how far, how fast, what is left; nothing while nothing runs. */
export function ImportProgressPanel() {
  const activity = useSources((state) => state.activity);
  const stop = useSources((state) => state.stop);
  if (activity.state === 'resting') return null;
  const { path, progress, waiting, canStop } = activity;
  return (
    <section className="import" aria-label={text.running} data-phase={progress?.phase}>
      <div className="import-head">
        <LoaderCircle aria-hidden className="spin" />
        <strong>{progress ? text.phase[progress.phase] : text.starting}</strong>
        {canStop && (
          <Button variant="quiet" icon={<Square aria-hidden />} onClick={() => void stop()}>
            {text.stop}
          </Button>
        )}
      </div>
      <p className="path" title={path ?? undefined}>
        {text.runningWhat(path)}
      </p>
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

function figures({ done, total, perSecond, remainingMs }: ImportProgress): readonly string[] {
  return [
    text.count(done, total),
    ...(perSecond > 0 ? [text.speed(perSecond)] : []),
    ...(remainingMs !== null && done < total ? [text.left(roughDuration(remainingMs))] : []),
  ];
}
