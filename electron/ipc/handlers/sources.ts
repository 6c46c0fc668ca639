import type { sourceRoutes } from '../../../shared/contracts/ipc/sources.js';
import type { ImportService } from '../../imports/import-service.js';
import type { Handlers } from '../router.js';

/** Lets the rep choose files or a folder in the system's own dialog; an empty list when nothing was chosen. */
export type ChooseSource = (kind: 'folder' | 'files') => Promise<string[]>;

export function sourceHandlers(
  imports: ImportService,
  chooseSource: ChooseSource,
): Handlers<keyof typeof sourceRoutes> {
  return {
    'knowledge.sources': async () => ({
      sources: [...(await imports.sources())],
      report: await imports.lastReport(),
      activity: imports.activity(),
    }),
    'knowledge.choose_source': ({ kind }) => chooseSource(kind),
    'knowledge.add_source': (source) => imports.add(source),
    'knowledge.update_source': ({ sourceId, isWatched }) => imports.setWatched(sourceId, isWatched),
    'knowledge.remove_source': ({ sourceId }) => imports.remove(sourceId),
    'knowledge.sync_sources': ({ sourceId }) => imports.sync(sourceId),
    'knowledge.cancel_import': () => imports.cancel(),
  };
}
