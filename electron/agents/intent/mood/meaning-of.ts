import type { Embedder } from '../../../models/embedder.js';
import { moodByMeaning, type MoodShares } from './mood-by-meaning.js';

/** Fewer words mean too little. */
const MIN_WORDS = 3;
/** The embedder reads about as much. */
const MAX_CHARACTERS = 800;

/**
 * The mood of an English text by its meaning; null for other languages, for a text of a word or two, and when there is no embedder or it
 * cannot answer: the words are read in any case.
 */
export async function meaningOf(
  text: string,
  language: string,
  embedder: Pick<Embedder, 'embed'> | null,
  signal?: AbortSignal,
): Promise<MoodShares | null> {
  const words = text.match(/\p{L}+/gu)?.length ?? 0;
  if (!embedder || words < MIN_WORDS || (language !== 'en' && language !== 'und')) return null;
  try {
    // The embedder tells capitals apart, the mood does not.
    const [vector] = await embedder.embed([text.slice(0, MAX_CHARACTERS).toLowerCase()], signal);
    return vector ? moodByMeaning(vector) : null;
  } catch {
    // A cancelled run is told by the next stage that asks; any other failure costs a shade of mood.
    return null;
  }
}
