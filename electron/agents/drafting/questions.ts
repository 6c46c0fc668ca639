import { sentencesOf } from '../text/sentences.js';

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
  const found = text
    .split(/\n+/)
    .flatMap((line) => sentencesOf(line))
    .map((sentence) => sentence.text)
    .filter((sentence) => sentence.endsWith('?') || QUESTION_WORD.test(sentence) || REQUEST.test(sentence))
    .flatMap((sentence) => sentence.split(SECOND_QUESTION))
    .map((question) => question.trim())
    .filter((question) => /\p{L}.*\s.*\p{L}/u.test(question));
  return found.slice(-MAX_QUESTIONS);
}

/** Asks for a way to do something, so that steps help. */
export function asksForSteps(question: string): boolean {
  return /\bhow (?:can|do|does|to|should|would)\b|\bwhere (?:do|can|should|to)\b|\bis there a way\b|\bcan (?:i|we)\b|\bcould (?:i|we)\b|\bwhat (?:do|should|must) (?:i|we|you)\b|\bget\b.*\bthrough\b|\bstill be\b/i.test(
    question,
  );
}
