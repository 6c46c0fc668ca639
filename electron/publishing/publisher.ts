import type { VectorEncoding } from '../../shared/domain/release.js';
import { draftRelease, type DraftReleaseDeps } from './draft-release.js';
import { readNewest, refuseOverCanary } from './newest-release.js';
import { defaultPatience, patiently, refuseCancelled, type Patience } from './patience.js';
import type { Publisher } from './published.js';
import { sendRelease } from './send-release.js';

export type { Published, Publisher, PublishProgress } from './published.js';

/** How vectors travel unless a release began otherwise; docs/sync-protocol.md has what each encoding loses. */
export const DEFAULT_ENCODING: VectorEncoding = 'float16';

export type DraftPublisherDeps = Pick<DraftReleaseDeps, 'hub' | 'embedder' | 'cut'> & {
  readonly encoding?: VectorEncoding;
  readonly patience?: Patience;
};

/** Publishes the team's draft: every edit that is on the hub when it begins. Edits made meanwhile stay in the draft. */
export function createDraftPublisher(given: DraftPublisherDeps): Publisher {
  const deps: DraftReleaseDeps = { encoding: DEFAULT_ENCODING, patience: defaultPatience, ...given };
  const { hub, patience } = deps;
  return {
    async publish({ notes, assign }, onProgress, signal) {
      try {
        onProgress({ step: 'reading', done: 0, total: 0 });
        if (assign) await refuseOverCanary(hub, patience, signal);
        const base = await readNewest(hub, patience, signal);
        const { items } = await patiently(() => hub.request('draft.list', {}, signal), patience, signal);
        const publication = await draftRelease(base, items, deps, onProgress, signal);
        return await sendRelease(hub, publication, { notes, assign, patience, onProgress, signal });
      } catch (cause) {
        refuseCancelled(signal);
        throw cause;
      }
    },
  };
}
