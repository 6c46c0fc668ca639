import type { embedderRoutes } from '../../../shared/contracts/ipc/embedder.js';
import type { EmbedderService } from '../../embedders/embedder-service.js';
import type { Handlers } from '../router.js';

/** Lets the rep choose a folder in the system's own dialog; null when nothing was chosen. */
export type ChooseFolder = () => Promise<string | null>;

export function embedderHandlers(
  embedders: EmbedderService,
  chooseFolder: ChooseFolder,
): Handlers<keyof typeof embedderRoutes> {
  return {
    'embedder.read': () => embedders.view(),
    'embedder.choose_folder': () => chooseFolder(),
    // The router has parsed them, so what was left out has its default by now.
    'embedder.try': ({ draft, key }) => embedders.try(draft, key),
    'embedder.use': ({ draft, key }) => embedders.use(draft, key),
    'embedder.forget_key': () => embedders.forgetKey(),
  };
}
