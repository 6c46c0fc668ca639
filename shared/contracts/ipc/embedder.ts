import { z } from 'zod';

import { EmbedderDraft, EmbedderSettings, EmbedderTrial } from '../../domain/embedder-settings.js';
import { KeyPlace } from '../../domain/key-place.js';
import { AppError } from '../../errors/app-error.js';
import { defineRoute } from './define-route.js';

/** What passages are found with. A key never crosses towards the window. */
export const EmbedderView = z.object({
  settings: EmbedderSettings,
  /** Why what was chosen cannot be read; null when all is well. */
  problem: AppError.nullable(),
  key: KeyPlace,
  /** False where the system offers no encryption: an entered key is then kept for this run only. */
  canStoreKeys: z.boolean(),
});
export type EmbedderView = z.infer<typeof EmbedderView>;

const Choice = z.object({
  draft: EmbedderDraft,
  /** As just entered; null uses the one that is kept for the address, if any. */
  key: z.string().min(1).max(4096).nullable(),
});

/** What the window may ask about the model that finds passages. How far a change is, `knowledge.status` tells. */
export const embedderRoutes = {
  'embedder.read': defineRoute({ input: z.void(), output: EmbedderView }),
  /** Shows the system's own dialog; null when the rep chose nothing. */
  'embedder.choose_folder': defineRoute({ input: z.void(), output: z.string().nullable() }),
  /** Embeds one text and keeps nothing. */
  'embedder.try': defineRoute({ input: Choice, output: EmbedderTrial }),
  /** Tries it, keeps it, and begins to embed with it; the one before answers meanwhile. */
  'embedder.use': defineRoute({ input: Choice, output: EmbedderView }),
  /** Forgets the key of the chosen service. */
  'embedder.forget_key': defineRoute({ input: z.void(), output: EmbedderView }),
} as const;
