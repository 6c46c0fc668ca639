import { createSeededRandom } from '../models/adapters/seeded-random.js';

/** What customers do to a text, to see what it costs. Every function gives the same for the same text. */

/** All in capitals. */
export function inCapitals(text: string): string {
  return text.toUpperCase();
}

const SWAPPED_SHARE = 0.3;
const MIN_LETTERS = 4;

/** One pair of neighbouring letters swapped in 30 % of the words of four letters and more, chosen by `seed`. */
export function withSwappedLetters(text: string, seed: number): string {
  const random = createSeededRandom(seed);
  return text.replace(/\p{L}+/gu, (word) => {
    if (word.length < MIN_LETTERS || random() >= SWAPPED_SHARE) return word;
    const at = Math.floor(random() * (word.length - 1));
    return `${word.slice(0, at)}${word[at + 1] ?? ''}${word[at] ?? ''}${word.slice(at + 2)}`;
  });
}

/** Said by someone who has time. About nothing a help centre answers. */
const STORY =
  'I am writing to you on a rainy evening and I hope you do not mind that I begin with a little story. My neighbour and I were sitting in the kitchen, the radio was on, ' +
  'and we talked about the old days when people still wrote letters by hand. She told me about her grandchildren and their dog, and I told her about the garden, where the tomatoes ' +
  'did not do well this summer. Then we had some tea and looked at pictures of a walk by the sea. ';
const STORY_REPEATS = 12;

/** The question between two long halves of a story, some 1,700 words. */
export function buriedInAStory(text: string): string {
  return `${STORY.repeat(STORY_REPEATS)}\n${text}\n${STORY.repeat(STORY_REPEATS)}`;
}
