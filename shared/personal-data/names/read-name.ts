import { isFirstName } from './first-names.js';
import { isCommonWord, isFunctionWord, isNotName, isParticle, isTitle } from './name-words.js';

/** A word of a text: `[start, end)`. */
interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A name that was read, with how sure its form is. */
export interface ReadName {
  readonly start: number;
  readonly end: number;
  /** Capitalised words, without particles and initials. */
  readonly words: number;
  readonly hasFirstName: boolean;
}

const WORD = /['\u2019]t(?= )|[\p{L}\p{M}](?:[\p{L}\p{M}'\u2019-]*[\p{L}\p{M}])?\.?/uy;
/** What may stand between two words of a name. */
const GAP = /[ \u00a0]/u;
const MOST_WORDS = 5;
const INITIAL = /^\p{Lu}\.?$|^(?:\p{Lu}\.)+$/u;
const CAPITAL = /^(?:[dl]['\u2019])?\p{Lu}/u;

/**
 * Reads the name that begins at `start`: capitalised words, initials, and small joining words between them, without titles before it. Null
 * where none begins. `anyCase` also takes a first name in small letters, or with `both` the word behind it too.
 */
export function readName(
  text: string,
  start: number,
  anyCase: 'no' | 'first' | 'both' = 'no',
): ReadName | null {
  const first = skipTitles(text, start);
  const words: Word[] = [];
  let at = first;
  while (words.length < MOST_WORDS) {
    const word = wordAt(text, at);
    if (!word || !belongs(word, words, text, anyCase)) break;
    words.push(word);
    const isSentenceEnd = word.text.endsWith('.') && !INITIAL.test(word.text);
    if (isSentenceEnd || !GAP.test(text.charAt(word.end))) break;
    at = word.end + 1;
  }
  while (words.length > 0 && isLoose(words.at(-1)?.text ?? '')) words.pop();
  const last = words.at(-1);
  const [begin] = words;
  if (!last || !begin) return null;
  const named = words.filter(({ text: one }) => !isParticle(one) && !INITIAL.test(one));
  if (named.length === 0) return null;
  return {
    start: begin.start,
    end: last.text.endsWith('.') && !INITIAL.test(last.text) ? last.end - 1 : last.end,
    words: named.length,
    hasFirstName: named.some(({ text: one }) => isFirstName(bare(one))),
  };
}

export const bare = (word: string): string => word.replace(/(?:['\u2019]s)?\.?$/u, '');

function wordAt(text: string, at: number): Word | null {
  WORD.lastIndex = at;
  const match = WORD.exec(text);
  if (!match) return null;
  // A possessive is no part of the name.
  const found = match[0].replace(/['\u2019]s$/u, '');
  const isInitials = found.endsWith('.') && !INITIAL.test(found) ? initialsAt(text, at) : null;
  const written = isInitials ?? found;
  return { text: written, start: at, end: at + written.length };
}

/** `J.R.R.` in one piece. */
function initialsAt(text: string, at: number): string | null {
  return /^(?:\p{Lu}\.){2,4}/u.exec(text.slice(at, at + 8))?.[0] ?? null;
}

function belongs(
  word: Word,
  before: readonly Word[],
  text: string,
  anyCase: 'no' | 'first' | 'both',
): boolean {
  const plain = bare(word.text);
  if (word.text.endsWith('.') && INITIAL.test(word.text)) return true;
  const mayLead = before.length > 0 || anyCase !== 'no';
  if (/^['\u2019]t$/u.test(word.text)) return before.length > 0;
  if (mayLead && isParticle(plain) && (before.length > 0 || !CAPITAL.test(plain)))
    return followsName(word, text, before);
  if (isNotName(plain) && !(before.length > 0 && isCommonWord(plain) && CAPITAL.test(plain))) return false;
  if (CAPITAL.test(plain)) return true;
  if (anyCase === 'no') return false;
  if (before.length === 0) return isFirstName(plain) && plain.length > 2;
  if (anyCase === 'first') return false;
  // "ada lovelace" ends what is said; "ada and i" goes on.
  const isLast = !/^[ \u00a0]\p{L}/u.test(text.slice(word.end, word.end + 2));
  return before.length === 1 && isLast && !isFunctionWord(plain) && !CAPITAL.test(before[0]?.text ?? '');
}

/** A joining word belongs to a name only where a capitalised one follows, in one to three words. */
function followsName(word: Word, text: string, before: readonly Word[]): boolean {
  const rest = text.slice(word.end, word.end + 40);
  const next =
    /^(?:[ \u00a0]\p{Ll}{1,3}){0,2}[ \u00a0](?:['\u2019]t )?((?:[dl]['\u2019])?\p{Lu}[\p{L}\p{M}'\u2019-]*)/u.exec(
      rest,
    );
  const follower = next?.[1];
  if (follower === undefined || isNotName(follower)) return false;
  // "Ana y Luis" are two, and "Lucie de Paris" comes from there.
  return plainJoin(word.text) || before.length >= 2;
}

const plainJoin = (word: string): boolean => !/^(?:y|e|op|te)$/u.test(word);

/** Joining words and initials do not end a name, an initial after a first name does. */
const isLoose = (word: string): boolean => isParticle(word) && !/^\p{Lu}/u.test(word);

function skipTitles(text: string, start: number): number {
  let at = start;
  for (;;) {
    const word = wordAt(text, at);
    if (!word || !isTitle(word.text) || !GAP.test(text.charAt(word.end))) return at;
    at = word.end + 1;
  }
}
