import { wordsOf } from '../text/words.js';

/** This many words in a row in common with the instructions are no accident. */
const ROW = 7;

/**
 * Hears a reply sentence by sentence and tells when it begins to say what the model was told: its instructions, or the marks that fence what
 * others wrote. A model does so when somebody in the conversation asked it to, and then nothing else it wrote is to be trusted.
 */
export function createInstructionEar(instructions: string, boundary: string): (sentence: string) => boolean {
  const known = rowsOf(wordsOf(instructions));
  let before: string[] = [];
  return (sentence) => {
    const words = [...before, ...wordsOf(sentence)];
    before = words.slice(1 - ROW);
    return sentence.includes(boundary) || [...rowsOf(words)].some((row) => known.has(row));
  };
}

function rowsOf(words: readonly string[]): Set<string> {
  const rows = new Set<string>();
  for (let at = 0; at + ROW <= words.length; at += 1) rows.add(words.slice(at, at + ROW).join(' '));
  return rows;
}
