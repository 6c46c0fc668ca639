import { isStopWord } from './stop-words.js';
import { wordsOf } from './words.js';

/** A sentence of a message. */
export interface MessageSentence {
  readonly text: string;
  /** True when it asks for something, false when it only tells what happened. */
  readonly isAsking: boolean;
}

/** Customers go on in lower case after a full stop, where a grammarian's segmenter sees no new sentence. */
const BETWEEN_SENTENCES = /(?<=[.!?…])\s+|(?<=[。！？])|\n+/u;

/** How questions and requests begin, also where the question mark was left out. */
const OPENS_QUESTION =
  /^(?:(?:hi|hello|hey|so|and|but|or|ok|also)\b[ ,]*)*(?:how|what|when|where|which|who|whom|whose|why|can|could|may|do|does|did|is|are|am|will|would|should|has|have i|have you|must)\b/i;
const REQUESTS =
  /\b(?:please|i(?: a|')?m looking for|i want|i need|i(?:'d| would) (?:like|love)|i wonder|tell me|let me know|help me|is there (?:a|any|some)|not sure (?:how|what|if|whether)|wondering|how (?:do|can|long|much|many|to)|what (?:do|can|should|happens)|where (?:do|can|is))\b/i;

/** The sentences of a message that say anything: greetings and closings have too few telling words. */
export function sentencesOf(message: string): MessageSentence[] {
  return message
    .split(BETWEEN_SENTENCES)
    .map((sentence) => sentence.trim())
    .map((text) => ({ text, isAsking: isAsking(text) }))
    .filter(({ text, isAsking: asks }) => tellingWords(text) >= (asks ? 1 : 2));
}

function isAsking(sentence: string): boolean {
  return sentence.endsWith('?') || OPENS_QUESTION.test(sentence) || REQUESTS.test(sentence);
}

function tellingWords(sentence: string): number {
  return wordsOf(sentence).filter((word) => !isStopWord(word)).length;
}
