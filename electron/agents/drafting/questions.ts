import { sentencesOf } from '../text/sentences.js';
import { stemSet } from '../text/words.js';

const QUESTION_WORD =
  /^(?:so |and |but |also |or )?(?:how|what|when|where|which|who|why|can|could|do|does|did|is|are|will|would|should|may|am|has|have)\b/i;
/** "..., and do you pick it up?": a second question behind the first. */
const SECOND_QUESTION =
  /(?:,|;)?\s+(?:and|but|or)\s+(?=(?:how|what|when|where|which|who|why|can|could|do|does|is|are|will|should)\b)/i;
const REQUEST =
  /\b(?:please (?:tell|explain|let me know)|(?:want|like|need) to know|wonder(?:ing)?|could you|can you)\b/i;

const MAX_QUESTIONS = 4;

/** The separate questions of a customer's text, in order, newest four; the whole text when nothing in it asks. */
export function questionsOf(text: string): string[] {
  const pieces = text
    .split(/\n+/)
    .flatMap((line) => sentencesOf(line))
    .flatMap(({ text: sentence }) => {
      const asks = sentence.endsWith('?') || QUESTION_WORD.test(sentence) || REQUEST.test(sentence);
      const parts = asks ? sentence.split(SECOND_QUESTION) : [sentence];
      return parts.map((part) => ({ text: part.trim(), asks }));
    });
  const found = pieces.flatMap(({ text: piece, asks }, at) => {
    if (!asks || !/\p{L}/u.test(piece)) return [];
    const before = pieces[at - 1];
    return [needsContext(piece) && before && !before.asks ? `${before.text} ${piece}` : piece];
  });
  return found.slice(-MAX_QUESTIONS);
}

/** "Can you add it afterwards?", "What now?": the sentence before says what it is about. */
function needsContext(question: string): boolean {
  const stems = stemSet(question).size;
  return stems < 2 || (stems < 4 && /\b(?:it|this|that|they|them|one)\b/i.test(question));
}

/** Asks for a way to do something, so that steps help. */
export function asksForSteps(question: string): boolean {
  return /\bhow (?:can|do|does|to|should|would)\b|\bwhere (?:do|can|should|to)\b|\bis there a way\b|\bcan (?:i|we)\b|\bcould (?:i|we)\b|\bwhat (?:should|must) (?:i|we)\b|\bwhat do (?:i|we) (?:have|need) to\b|\bget\b.*\bthrough\b|\bstill be\b/i.test(
    question,
  );
}
