import type { Finder } from '../found.js';
import { cues } from './cues.js';
import { telling } from './telling.js';
import { isNobody, tellingEnglish } from './telling-english.js';
import { isFirstName, plainWord } from './first-names.js';
import { isCommonWord, isMostlyName, isNotName } from './name-words.js';
import { bare, readName, type ReadName } from './read-name.js';

const NAMED_WORD = /(?<![\p{L}\p{N}@._/-])\p{Lu}[\p{L}\p{M}'\u2019-]*/gu;
const INITIALS =
  /(?<![\p{L}\p{N}.])(?:\p{Lu}\. ?){1,4}(?=\p{Lu}|(?:van|de|von|der|den|ter|ten|da|di|du|el|al|le|la) )/gu;
/** What stands behind a name says that it is one: its mail address, a street, "here". */
const BEFORE_MAIL =
  /((?:\p{Lu}[\p{L}\p{M}'\u2019.-]*[ \u00a0]+){1,4}(?:\p{Lu}[\p{L}\p{M}'\u2019.-]*)?)[ \u00a0]*[<(][^\s<>()]+@/gu;
const PRESENT =
  /(?:^|[.!?\n][ \t]*)((?:\p{Lu}[\p{L}\p{M}'\u2019.-]*[ \u00a0]+|(?:van|von|de|der|den|del|la|le|ten|ter)[ \u00a0]+){1,5})(?:here|hier|\u00e0 l['\u2019]appareil|am apparat|ici|aqu\u00ed|qui)(?![\p{L}])/gu;
const ENDING =
  /[.!?\n]\s{0,3}(?:[-\u2013\u2014] ?)?\p{Lu}[\p{L}\p{M}'\u2019-]*(?: \p{Lu}[\p{L}\p{M}'\u2019-]*){0,2}[.!]?\s{0,4}$/u;
const NAME_LINE =
  /^[ \t]*((?:\p{Lu}[\p{L}\p{M}'\u2019.-]*)(?: (?:\p{Lu}[\p{L}\p{M}'\u2019.-]*|van|von|de|der|den|del|la|le|ten|ter|el|di|da)){1,4})[ \t]*,?$/gmu;
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
      .filter(({ start, end }) => !FIRM.test(text.slice(start, end)) && !isPlace(text, start))
      .filter(
        ({ start, end }) => !isOwn(text.slice(start, end)) && !OF_A_FIRM.test(text.slice(end, end + 24)),
      )
      .map(({ start, end }) => ({ kind: 'name', start, end }));
}

/** Who is addressed together with such a word is a firm. */
const OF_A_FIRM =
  /^['\u2019]?s?[ -](?:team|support|service|services|customer|customers|crew|staff|kundenservice|kundendienst|klantenservice|shop|store|gmbh|ltd|llc|inc|bv|ag|sarl|sas|sl|srl)(?![\p{L}])/iu;

/** The form of a firm is in what was read as a name. */
const FIRM =
  /(?:^|[ \u00a0])(?:gmbh|ag|kg|ohg|ltd|llc|plc|inc|corp|bv|nv|b\.v|n\.v|sarl|sas|sa|s\.l|sl|srl|s\.r\.l|spa|s\.p\.a|co)\.?$/iu;

/** `San Francisco`, `Viernes Santo` */
const isPlace = (text: string, start: number): boolean =>
  /(?<![\p{L}])(?:San|Santa|Los|Las|Saint|St\.?|New|S\u00e3o|Viernes|Jueves|Semana|Hong|Fort|Port|Lake|Mount)[ \u00a0]$/u.test(
    text.slice(Math.max(0, start - 9), start),
  );

function namesIn(text: string): Span[] {
  return [
    ...byCue(text),
    ...byFirstName(text),
    ...readAt(text, INITIALS, ({ words }) => words > 0),
    ...byGroup(text, BEFORE_MAIL),
    ...byGroup(text, PRESENT),
    ...signature(text),
    ...nameLines(text),
    ...byShape(text),
    ...byTelling(text),
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
  const hasSmall = hasSmallLetters(text);
  return Array.from(text.matchAll(NAMED_WORD)).flatMap((match) => {
    const word = bare(match[0]);
    const isKnown = isFirstName(word) || isMostlyName(word);
    if ((!isKnown && !isCommonWord(word)) || isNotName(word) || (hasSmall && ABBREVIATION.test(word)))
      return [];
    const name = readName(text, match.index);
    if (!name) return [];
    if (name.words > 1) return isKnown || hasFirstNameShape(text, name) ? [name] : [];
    if (!isKnown) return [];
    const isUnsure =
      beginsSentence(text, match.index) ||
      (isMostlyName(word) && BEHIND_PLACE.test(text.slice(0, match.index)));
    return isCommonWord(word) && isUnsure ? [] : [name];
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

/** Words a place stands behind, not a person. */
const BEHIND_PLACE = /(?:^|[ (])(?:in|at|near|nach|aus|bei|en|\u00e0|vers|nel|te|naar)[ \u00a0]$/iu;

/** `NINO`, `ADA`: capitals alone say nothing of a name, unless all of the text is written so. */
const ABBREVIATION = /^\p{Lu}{2,5}$/u;
const hasSmallLetters = (text: string): boolean => (text.match(/\p{Ll}/gu)?.length ?? 0) > 2;

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

/** Function words of German, where every noun has a capital. */
const GERMAN =
  /(?<![\p{L}])(?:ich|und|nicht|ist|mit|der|die|das|den|dem|ein|eine|f\u00fcr|auf|bitte|wir|habe|haben|wurde|zu|im|am|vom|wann|wie|bei|ihre|ihr|meine|mein|sind|sie)(?![\p{L}])/giu;
const isGerman = (text: string): boolean => (text.slice(0, 2000).match(GERMAN)?.length ?? 0) >= 3;

/** Two or more capitalised words that are none of a language, inside a sentence. Not in German, where nouns look so. */
function byShape(text: string): Span[] {
  if (isGerman(text)) return [];
  return Array.from(text.matchAll(NAMED_WORD)).flatMap((match) => {
    const at = match.index;
    const before = text.slice(Math.max(0, at - 30), at);
    if (isNotName(match[0]) || beginsSentence(text, at) || PROPER_BEFORE.test(before)) return [];
    const name = readName(text, at);
    if (!name || name.words < 2 || /^[ \u00a0]\p{Lu}/u.test(text.slice(name.end, name.end + 2))) return [];
    const words = text.slice(name.start, name.end).split(/[ \u00a0]/u);
    return words.every((word) => !isCommonWord(word) && !isOfAThing(word)) ? [name] : [];
  });
}

/** A capitalised word right before: then it is a title or the name of a thing. */
const PROPER_BEFORE = /\p{Lu}[\p{L}\p{M}'\u2019&-]*[ \u00a0](?:& )?$/u;
/** Abbreviations, and what places and firms are called by. */
const isOfAThing = (word: string): boolean =>
  /^\p{Lu}{2,}$/u.test(word) ||
  /^(?:city|park|bridge|station|airport|hospital|school|university|college|bank|hotel|mall|centre|center|market|store|group|club|museum|square|river|lake|island|beach|bay|valley|county|district|collection|edition|series|set|kit|guide|manual|online|premium|basic|standard|deluxe|classic|express|international|union|federation|airlines|motors|foods?|books?|media|press|studio|design|home|outdoor|kitchen|garden|bedroom|furniture|cover|duvet|pillow|mattress|grinder|kettle|coffee|tea|desk|check|code|freight|logistics|lamp|chair|cotton|linen|wool|oak)$/iu.test(
    word,
  );

/** A line of a signature: nothing but a name of two words or more. */
function nameLines(text: string): Span[] {
  return Array.from(text.matchAll(NAME_LINE)).flatMap((match) => {
    const written = match[1] ?? '';
    const at = match.index + match[0].indexOf(written);
    const name = readName(text, at);
    if (!name || name.words < 2 || name.end - name.start < written.length) return [];
    return written.split(' ').some((word) => isOfAThing(word)) ? [] : [name];
  });
}

/** Where somebody is told, asked or met, or does something: `I told Kiran`, `according to Osei`, `it was Diallo who signed`. */
function byTelling(text: string): Span[] {
  return [...telling, ...tellingEnglish].flatMap((pattern) =>
    Array.from(text.matchAll(pattern)).flatMap((match) => {
      const written = match[1] ?? '';
      const start = match.index + match[0].lastIndexOf(written, match[0].length - (match[2]?.length ?? 0));
      const name = readName(text, start);
      if (!name) return [];
      const words = text.slice(name.start, name.end).split(' ');
      return isNobody(words[0] ?? '') || words.some(isOfAThing) ? [] : [name];
    }),
  );
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
