import { measuresOf } from '../text/measures.js';
import { isRecord } from './check-record.js';

const GREETING = /^(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day))\b[^.!?]{0,40}[,.!]?$/iu;
const CLOSING =
  /^(?:(?:kind|best|warm|many)(?: regards| wishes)?|regards|best|cheers|sincerely|yours(?: sincerely| truly)?|(?:with )?(?:kind|best|warm) (?:regards|wishes)|take care|all the best)\b[\p{L} ,.!&'-]{0,40}$/iu;
/** How a sentence begins that thanks, is sorry, understands or offers help. */
const OPENING = new RegExp(
  `^(?:${[
    'thanks?\\b',
    'thank you\\b',
    'many thanks\\b',
    "(?:i am|i['’]m|we are|we['’]re|i['’]m so|so|my|our)? ?(?:very |so |really |truly )?(?:sorry|apolog\\p{L}+|glad|happy|pleased|delighted|grateful)\\b",
    '(?:please )?accept (?:my|our) apologies\\b',
    '(?:i|we) (?:completely |fully |totally |really |do |can )?(?:understand|appreciate|hear you|realise|realize|imagine|apologi[sz]e|see (?:how|why))\\b',
    '(?:i|we) (?:really )?hope\\b',
    '(?:i|we) (?:really )?(?:look forward|wish)\\b',
    '(?:that|this) (?:is|must be|sounds|looks)\\b[^,.]*\\b(?:frustrating|annoying|confusing|question|disappointing|unfortunate|great|lovely)\\b',
    "that['’]s (?:a |an |very |really )?(?:great|good|lovely|fair|frustrating|annoying|understandable)\\b",
    '(?:please )?(?:let me|let us|just let me|do let me) know\\b',
    "(?:please )?(?:do not|don['’]t) hesitate\\b",
    '(?:please )?feel free to (?:contact|reply|write|reach|ask|let)\\b',
    '(?:just )?reply to this\\b',
    "if (?:you have|there is|there['’]s|anything|you need|something)\\b[^.]*\\b(?:question|else|unclear|help|let me know|let us know|here)\\b",
    'have a\\b',
    'enjoy\\b',
    'happy to help',
    'great news\\b',
    'good news\\b',
    'let me explain\\b',
    "here (?:is|are|['’]s) (?:what|how|the steps|an overview|your options)\\b",
    'welcome\\b',
    'no (?:problem|worries)\\b',
    "you['’]?(?: a)?re welcome\\b",
    'congratulations\\b',
    'sure[,!.]',
  ].join('|')})`,
  'iu',
);
/** Behind these a statement follows. */
const TURNS =
  /\b(?:but|however|because|since|unfortunately|so you|which means|as (?:we|you|the|our))\b|[:;]\s+\p{L}/iu;
const MAX_NAME_WORDS = 5;

/**
 * Whether a sentence states nothing that would need evidence: a greeting, thanks, an apology, an offer of help, a closing or a question. One
 * that carries a number, speaks of what was done, or goes on with "but" is none, whatever its role.
 */
export function isCourtesy(text: string): boolean {
  const plain = text.trim();
  if (plain === '' || !/\p{L}/u.test(plain)) return true;
  if (GREETING.test(plain) || CLOSING.test(plain)) return true;
  if (measuresOf(plain).some(({ unit }) => unit !== 'count')) return false;
  if (plain.endsWith('?')) return true;
  if (isRecord(plain) && !/\b(?:sorry|apolog\p{L}+|glad|happy|hope|thank)/iu.test(plain)) return false;
  const openings = OPENING.exec(plain);
  if (openings) return !TURNS.test(plain.slice(openings[0].length));
  return isSignature(plain);
}

/** A name alone: no verb, no full stop, every word with a capital. */
function isSignature(text: string): boolean {
  const words = text.split(/\s+/);
  return (
    words.length <= MAX_NAME_WORDS &&
    !/[.!?:]$/u.test(text) &&
    words.every((word) => /^(?:\p{Lu}|&|-)/u.test(word))
  );
}
