import { existsSync } from 'node:fs';
import path from 'node:path';

import type { EmbedderSettings } from '../../shared/domain/embedder-settings.js';
import { openOnnxFolderEmbedder } from './adapters/onnx-folder-embedder.js';
import { createRemoteEmbedder, type EmbedRemotely } from './adapters/remote-embedder.js';
import { openUseLiteEmbedder } from './adapters/use-lite-embedder.js';
import { USE_LITE_MANIFEST } from './adapters/use-lite-files.js';
import type { Embedder } from './embedder.js';

/** What an embedder is opened with besides its settings. */
export interface EmbedderPlaces {
  /** Folder of the bundled encoder. */
  readonly bundledDir: string;
  /** Asks whoever may use the network for vectors. */
  readonly embedRemotely: EmbedRemotely;
}

/**
 * Opens the embedder a team has chosen. A service is not called here: whether it answers shows with the first text.
 * @throws AppErrorException KNOWLEDGE_EMBEDDER_MISSING, EMBEDDER_FOLDER_UNUSABLE.
 */
export function openEmbedder(settings: EmbedderSettings, places: EmbedderPlaces): Promise<Embedder> {
  switch (settings.kind) {
    case 'bundled':
      return openUseLiteEmbedder({ dir: places.bundledDir });
    case 'onnx_directory':
      return openEmbedderFolder(settings.dir);
    case 'openai_compatible':
      return Promise.resolve(createRemoteEmbedder(settings, places.embedRemotely));
  }
}

/**
 * Opens whatever model a folder holds: the bundled encoder, another build of it, or an ONNX export with its tokenizer.
 * @throws AppErrorException KNOWLEDGE_EMBEDDER_MISSING, EMBEDDER_FOLDER_UNUSABLE.
 */
export function openEmbedderFolder(dir: string): Promise<Embedder> {
  return existsSync(path.join(dir, USE_LITE_MANIFEST))
    ? openUseLiteEmbedder({ dir })
    : openOnnxFolderEmbedder({ dir });
}
