import type { ImportProgress } from '../../shared/domain/knowledge-source.js';

const PHASES: Readonly<Record<ImportProgress['phase'], { readonly verb: string; readonly items: string }>> = {
  reading: { verb: 'Reading', items: 'files' },
  embedding: { verb: 'Embedding', items: 'passages and titles' },
  writing: { verb: 'Writing', items: 'articles' },
  indexing: { verb: 'Indexing', items: 'passages and titles' },
};
/** Without a terminal a line this often is enough for a log. */
const LOG_EVERY_MS = 5000;

/** Shows how an import goes on: one line that changes on a terminal, a line now and then elsewhere. */
export function createProgressLine(stream: NodeJS.WriteStream): (progress: ImportProgress | null) => void {
  let phase: ImportProgress['phase'] | null = null;
  let shownAt = 0;
  return (progress) => {
    if (!progress) {
      if (stream.isTTY && phase !== null) stream.write('\r\u001b[K');
      phase = null;
      return;
    }
    if (progress.total === 0) return;
    const isNew = progress.phase !== phase;
    phase = progress.phase;
    if (stream.isTTY) stream.write(`\r${progressText(progress)}\u001b[K`);
    else if (isNew || Date.now() - shownAt >= LOG_EVERY_MS) {
      shownAt = Date.now();
      stream.write(`${progressText(progress)}\n`);
    }
  };
}

/** `Embedding 1,200 of 5,000 passages, 410 a second, about 10 s left` */
function progressText({ phase, done, total, perSecond, remainingMs }: ImportProgress): string {
  const { verb, items } = PHASES[phase];
  const speed =
    perSecond > 0 ? `, ${perSecond.toLocaleString('en', { maximumFractionDigits: 0 })} a second` : '';
  const left = remainingMs === null ? '' : `, about ${durationText(remainingMs)} left`;
  return `${verb} ${done.toLocaleString('en')} of ${total.toLocaleString('en')} ${items}${speed}${left}`;
}

/** `45 s`, `3 min`. */
export function durationText(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  return seconds < 100 ? `${String(seconds)} s` : `${String(Math.round(seconds / 60))} min`;
}
