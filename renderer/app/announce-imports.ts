import type { SourcesStore } from '../features/knowledge/sources-store.js';
import type { NoticeStore } from './notice-store.js';
import { strings } from './strings.js';

interface ImportNewsDeps {
  readonly sources: SourcesStore;
  readonly notice: NoticeStore;
}

/**
 * Says when an import begins and what it came to. What a watched source brings by itself is only shown.
 * Returns the function that ends it.
 */
export function announceImports({ sources, notice }: ImportNewsDeps): () => void {
  const text = strings.notice;
  return sources.subscribe(({ activity, finished }, before) => {
    const { say, announce } = notice.getState();
    if (activity.state === 'running' && before.activity.state === 'resting' && activity.canStop)
      announce(text.importStarted(activity.path));
    if (!finished || finished === before.finished) return;
    switch (finished.outcome.kind) {
      case 'done':
        if (finished.isAsked) {
          const { articles, failures } = finished.outcome.report;
          say(text.imported(articles, failures.length));
        }
        return;
      case 'cancelled':
        return say(text.importStopped);
      case 'failed':
        return say(text.importFailed(finished.outcome.error.message), 'bad');
    }
  });
}
