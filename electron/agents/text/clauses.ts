/** A part of a sentence that states one thing, with its place in the sentence. */
export interface Clause {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Where one statement ends and the next begins: a semicolon or dash, a comma with a conjunction, "but", or "and" before a new subject.
 * Conditions ("if", "unless", "until") stay with what they limit.
 */
const BREAK =
  /(?<=[.!?])\s+|\s*;\s+|\s+[–—]\s+|:\s+(?=\p{L}+ \p{L}+)|,\s+(?:and|but|so|while|whereas|or|then|which|because|as|since)\s+|\s+(?:but|whereas|because)\s+|\s+and\s+(?=(?:you|we|it|they|i|the|your|our|there|then|that|this|its|no)\b)|,\s+(?=(?:you|we|it|they|i|not)\b)/giu;
/** Begins with a condition, a time or a purpose and has no comma yet. */
const SUBORDINATE =
  /^\s*(?:if|unless|when|whenever|once|as soon as|after|before|until|while|to|for|with|without|from|as long as|in case|where)\b[^,;]*$/iu;
const MIN_WORDS = 2;

/** Splits a sentence into the statements it makes; a piece too short to state anything stays with the one before it. */
export function clausesOf(sentence: string): Clause[] {
  const clauses: Clause[] = [];
  let start = 0;
  const push = (end: number): void => {
    const text = sentence.slice(start, end);
    const last = clauses.at(-1);
    if ((text.match(/\p{L}+/gu)?.length ?? 0) < MIN_WORDS && last) {
      clauses[clauses.length - 1] = { text: sentence.slice(last.start, end), start: last.start, end };
    } else clauses.push({ text, start, end });
  };
  for (const { 0: mark, index } of sentence.matchAll(BREAK)) {
    // "If it is late, you get": the condition stays with what it limits.
    if (mark.startsWith(',') && !/\p{L}/u.test(mark) && SUBORDINATE.test(sentence.slice(start, index)))
      continue;
    if ((sentence.slice(start, index).match(/\p{L}+/gu)?.length ?? 0) < MIN_WORDS) continue;
    push(index);
    start = index + mark.length;
  }
  push(sentence.length);
  return clauses;
}
