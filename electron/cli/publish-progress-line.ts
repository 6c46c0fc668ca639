import type { PublishProgress } from '../publishing/published.js';

const STEPS: Readonly<Record<PublishProgress['step'], string>> = {
  reading: 'Reading articles',
  embedding: 'Embedding articles',
  indexing: 'Making the index',
  uploading: 'Uploading',
  publishing: 'Publishing',
};
/** Without a terminal a line this often is enough for a log. */
const LOG_EVERY_MS = 5000;

/** Shows how a publication goes on: one line that changes on a terminal, a line now and then elsewhere. */
export function createPublishLine(stream: NodeJS.WriteStream): (progress: PublishProgress) => void {
  let shown: PublishProgress['step'] | null = null;
  let shownAt = 0;
  return ({ step, done, total }) => {
    const of = total > 0 ? ` ${done.toLocaleString('en')} of ${total.toLocaleString('en')}` : '';
    if (stream.isTTY) {
      const isOver = step === 'publishing' && done === total;
      stream.write(isOver ? '\r\u001b[K' : `\r${STEPS[step]}${of}\u001b[K`);
      return;
    }
    if (step === shown && Date.now() - shownAt < LOG_EVERY_MS) return;
    shown = step;
    shownAt = Date.now();
    stream.write(`${STEPS[step]}${of}\n`);
  };
}
