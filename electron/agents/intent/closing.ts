import { tidy } from '../text/text-spans.js';

const WORDS = new Set(
  (
    'thanks thank you thx ty tysm cheers merci danke bedankt gracias grazie much very so a lot many again ever kindly ' +
    'ok okay okey k kk alright right great perfect super awesome excellent wonderful brilliant lovely nice cool good fine amazing fantastic ' +
    'got it that this was is helpful helps helped understood clear noted will do no problem worries sounds for your the help quick fast swift reply answer response ' +
    'info information explanation support assistance service time effort all everything sorted solved resolved works now bye goodbye ' +
    'ciao see later have day weekend evening one too and i am we happy appreciated appreciate really then yes yep sure ' +
    'never mind nevermind found myself already hi hello hey team there everyone have take care regards best kind'
  ).split(' '),
);
/** One of these makes it a closing; the rest of the words only may stand beside them. */
const CORE =
  /\b(?:thanks|thank you|thx|ty|tysm|cheers|merci|danke|bedankt|gracias|ok|okay|okey|k|kk|alright|great|perfect|got it|understood|noted|bye|goodbye|never ?mind|sorted|solved|resolved|(?:have a|nice|good) (?:\w+ )?(?:day|weekend|evening|one)|will do|no worries|appreciate)\b/iu;
const THANKS_OR_BYE =
  /\b(?:thanks|thank you|thx|ty|cheers|merci|danke|bedankt|gracias|bye|goodbye|appreciate|(?:have a|nice|good) (?:\w+ )?(?:day|weekend|evening))\b/iu;
const MAX_WORDS = 20;
const ONLY_PICTURES = /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200D|\uFE0F|[\s.!])+$/u;

/**
 * Whether a turn only says thanks, goodbye or "understood", so that there is nothing to answer.
 * After a question of the rep (`isAnswer`) an "ok" is an answer and no closing, a plain "thanks" still is.
 */
export function isClosingText(text: string, isAnswer: boolean): boolean {
  const plain = tidy(text).toLowerCase().replaceAll('\u2019', "'");
  if (plain === '' || plain.includes('?')) return false;
  if (ONLY_PICTURES.test(plain)) return true;
  const words = plain.match(/[\p{L}\p{N}']+/gu) ?? [];
  if (words.length === 0 || words.length > MAX_WORDS) return false;
  const unknown = words.filter((word) => !WORDS.has(word)).length;
  // A name may follow: "thanks, Femke".
  if (unknown > 1 || (unknown === 1 && words.length < 2) || !CORE.test(plain)) return false;
  return isAnswer ? THANKS_OR_BYE.test(plain) : true;
}

const COURTESY =
  /^(?:(?:hi|hello|hey|good (?:morning|afternoon|evening)|dear \w+(?: or \w+)?)\b[^.!?\n]{0,30}|(?:ok(?:ay)?|great|perfect|super|nice|good|alright|sure|ah|oh)?[\s,!.]*(?:thanks|thank you|thx|cheers)?(?: (?:so|very) much| a lot| again)?(?: for (?:the|your) [\p{L} ]{3,40})?(?:,? \p{Lu}[\p{L}'-]{1,20})?)[.!,]*$/iu;

/** Whether a sentence is only a greeting or a thanks. */
export function isCourtesy(sentence: string): boolean {
  return COURTESY.test(sentence.trim()) || isClosingText(sentence, false);
}
