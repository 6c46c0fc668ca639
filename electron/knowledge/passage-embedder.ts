import type { Embedder } from '../models/embedder.js';

/** What the knowledge needs of an embedder. */
export type PassageEmbedder = Pick<Embedder, 'id' | 'dimensions' | 'embed'>;
