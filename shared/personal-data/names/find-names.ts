import type { Finder } from '../found.js';
import { cues } from './cues.js';
import { isFirstName, plainWord } from './first-names.js';
import { isCommonWord, isNotName } from './name-words.js';
import { bare, readName, type ReadName } from './read-name.js';

const NAMED_WORD = /(?<![\p{L}\p{N}@._/-])\p{Lu}[\p{L}\p{M}'\u2019-]*/gu;
const INITIALS = /(?<![\p{L}\p{N}.])(?:\p{Lu}\. ?){1,4}(?=\p{Lu}|(?:van|de|von|der|den) )/gu;
/** What stands behind a name says that it is one: its mail address, a street, "here". */
const BEFORE_MAIL =
  /((?:\p{Lu}[\p{L}\p{M}'\u2019.-]*[ \u00a0]+){1,4}(?:\p{Lu}[\p{L}\p{M}'\u2019.-]*)?)[ \u00a0]*[<(][^\s<>()]+@/gu;
const PRESENT =
  /(?:^|[.!?\n][ \t]*)((?:\p{Lu}[\p{L}\p{M}'\u2019.-]*[ \u00a0]+|(?:van|von|de|der|den|del|la|le|ten|ter)[ \u00a0]+){1,5})(?:here|hier|\u00e0 l['\u2019]appareil|am apparat|ici|aqu\u00ed|qui)(?![\p{L}])/gu;
const ENDING =
  /[.!?\n]\s{0,3}(?:[-\u2013\u2014] ?)?\p{Lu}[\p{L}\p{M}'\u2019-]*(?: \p{Lu}[\p{L}\p{M}'\u2019-]*){0,2}[.!]?\s{0,4}$/u;
const SIGNATURE_LINE =
  /^[ \t]*(?:[-\u2013\u2014~*/]+[ \t]*)?((?:\p{Lu}[\p{L}\p{M}'\u2019.-]*|van|von|de|der|den|del|la|le|ten|ter|el)(?:[ \u00a0](?:\p{Lu}[\p{L}\p{M}'\u2019.-]*|van|von|de|der|den|del|la|le|ten|ter|el|y)){0,5})[ \t]*[.,!]?[ \t]*$/u;

/**
 * Names of people: behind words that lead to one (greetings, closings, titles, "my name is", "my neighbour"), by a list of first names, with
 * initials, as a signature, and before a mail address or "here". In the languages of the lists.
 */
export function createNameFinder(ownNames: readonly string[]): Finder {
  const own = new Set(ownNames.flatMap((name) => name.split(/\s+/u)).map(plainWord));
  const isOwn = (written: string): boolean =>
    written.split(/\s+/u).every((word) => own.has(plainWord(bare(word))));
  return (text) =>
    namesIn(text)
      .filter(
        ({ start, end }) => !isOwn(text.slice(start, end)) && !OF_A_FIRM.test(text.slice(end, end + 24)),
      )
      .map(({ start, end }) => ({ kind: 'name', start, end }));
}

/** Who is addressed together with such a word is a firm. */
const OF_A_FIRM =
  /^['\u2019]?s?[ -](?:team|support|service|services|customer|customers|crew|staff|kundenservice|kundendienst|klantenservice|shop|store|gmbh|ltd|llc|inc|bv|ag|sarl|sas|sl|srl)(?![\p{L}])/iu;

function namesIn(text: string): Span[] {
  return [
    ...byCue(text),
    ...byFirstName(text),
    ...readAt(text, INITIALS, ({ words }) => words > 0),
    ...byGroup(text, BEFORE_MAIL),
    ...byGroup(text, PRESENT),
    ...signature(text),
    ...lastWords(text),
  ];
}

type Span = Pick<ReadName, 'start' | 'end'>;

function byCue(text: string): Span[] {
  return cues.flatMap(({ pattern, isStrong }) =>
    Array.from(text.matchAll(pattern)).flatMap((match) => {
      const name = readName(text, match.index + match[0].length, isStrong ? 'both' : 'first');
      if (!name) return [];
      const first = text.slice(name.start, name.end).split(/[ \u00a0]/u)[0] ?? '';
      const isLikely = name.hasFirstName || isCommonWord(first) || name.words > 1;
      return isStrong || isLikely ? [name] : [];
    }),
  );
}

function byFirstName(text: string): Span[] {
  return Array.from(text.matchAll(NAMED_WORD)).flatMap((match) => {
    const word = bare(match[0]);
    const isKnown = isFirstName(word);
    if ((!isKnown && !isCommonWord(word)) || isNotName(word)) return [];
    const name = readName(text, match.index);
    if (!name) return [];
    if (name.words > 1) return isKnown || hasFirstNameShape(text, name) ? [name] : [];
    if (!isKnown) return [];
    return isCommonWord(word) && (beginsSentence(text, match.index) || isListed(word)) ? [] : [name];
  });
}

/** Words a sentence may begin with, which is then no name: "Will Postway bring it?" */
const BEGINS_SENTENCE =
  /^(?:will|may|mark|chase|rob|sue|pat|drew|has|said|hang|hope|art|an|long|chi|an|mit|am|lang)$/iu;

/** A word that is also a first name, followed by one that is no word of a language: "Grace Hopkins", not "Black Friday". */
function hasFirstNameShape(text: string, { start, end }: Span): boolean {
  const [first = '', ...others] = text.slice(start, end).split(/[ \u00a0]/u);
  if (beginsSentence(text, start) && BEGINS_SENTENCE.test(first)) return false;
  return others.every((word) => !isCommonWord(word) && !isNotName(word));
}

/** Months and the like stay what they are without a surname, wherever they stand. */
const isListed = (word: string): boolean => isNotName(word);

function readAt(text: string, pattern: RegExp, isMeant: (name: ReadName) => boolean): Span[] {
  return Array.from(text.matchAll(pattern)).flatMap((match) => {
    const name = readName(text, match.index);
    return name && isMeant(name) ? [name] : [];
  });
}

function byGroup(text: string, pattern: RegExp): Span[] {
  return Array.from(text.matchAll(pattern)).flatMap((match) => {
    const group = match[1] ?? '';
    const start = match.index + match[0].indexOf(group);
    const name = readName(text, start);
    return name && name.end >= start + group.trimEnd().length - 1 ? [name] : [];
  });
}

/** The last line, and any line below a closing, where it is nothing but a name. */
function signature(text: string): Span[] {
  const lines = text.split('\n');
  let start = text.length;
  for (const line of [...lines].reverse()) {
    start -= line.length;
    if (line.trim() !== '') {
      const match = SIGNATURE_LINE.exec(line);
      const written = match?.[1];
      if (written === undefined) return [];
      const at = start + line.indexOf(written);
      const name = readName(text, at);
      const isAfterAll = start > 0 && text.slice(0, start).trim() !== '';
      return name && isAfterAll && name.end - name.start >= written.replace(/\.$/u, '').length ? [name] : [];
    }
    start -= 1;
  }
  return [];
}

/** `Photos attached. Ada` */
function lastWords(text: string): Span[] {
  const match = ENDING.exec(text);
  if (!match) return [];
  const name = readName(text, match.index + match[0].search(/\p{Lu}/u));
  const isWhole = name !== null && /^[.!]?\s*$/u.test(text.slice(name.end));
  if (!isWhole) return [];
  const first = text.slice(name.start, name.end).split(' ')[0] ?? '';
  return isFirstName(first) || isCommonWord(first) ? [name] : [];
}

function beginsSentence(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 4), at).trimEnd();
  return (
    at === 0 ||
    before === '' ||
    /[.!?\u2026:\u00bf\u00a1"\u201e\u201c\u00ab(]$/u.test(before) ||
    text.slice(Math.max(0, at - 2), at).includes('\n')
  );
}
