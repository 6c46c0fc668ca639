import { stemmer } from 'stemmer';
import { eng } from 'stopword';

import { CONCEPTS } from './concepts.js';
import { baseForm } from './irregular-forms.js';

/** One word of a sentence, ready to be compared. */
export interface Term {
  /** Lower case, contractions taken apart: "isn't" gives `be` and `not` with the same place. */
  readonly word: string;
  readonly stem: string;
  /** Its stem and the concepts it belongs to; two terms mean the same when they share one. */
  readonly keys: readonly string[];
  /** The keys as one string: equal for terms that mean the same in the same way. */
  readonly id: string;
  /** Place in the text, UTF-16 units. */
  readonly start: number;
  readonly end: number;
  /** Carries no topic of its own: articles, pronouns, helpers. */
  readonly isLight: boolean;
  /** Written with a capital. */
  readonly isCapital: boolean;
}

const LIGHT = new Set(
  [
    ...eng,
    ...`please hello hi hey thanks thank thx regards kind dear really just simply unfortunately sorry would could can want need like know tell let
    will shall may might must should ought does done do doing did have has had be am is are was were been being
    it they them us we our ours your yours you i me my its itself themselves yourself this that these those there here
    so as if when while since because though although however then too also even yet ok okay quite rather very much
    up down back away off out in on at to of for by from into onto within about between through during with
    get go come make take give put see look thing way lot kind sort right well else
    ll ve re s d m t such each every any some all both either not no nor never only than a an the and or but
    otherwise until till unless whether long longer soon once already around about approximately afterwards meanwhile per via plus which who whom whose what where why how whether worry welcome happy free glad sure`.split(
      /\s+/,
    ),
  ].map((word) => word.toLowerCase()),
);
/** These are light above but say something in a policy. */
const HEAVY = new Set(['free', 'off']);

const NOT: Readonly<Record<string, readonly string[]>> = {
  cannot: ['can', 'not'],
  "can't": ['can', 'not'],
  "won't": ['will', 'not'],
  "shan't": ['shall', 'not'],
};
const WORD = /[\p{L}\p{N}]+(?:[-.'’][\p{L}\p{N}]+)*/gu;

/** The words of a text in order, with what each means in the language of support. */
export function termsOf(text: string): Term[] {
  const found: Omit<Term, 'keys' | 'id'>[] = [];
  for (const match of text.matchAll(WORD)) {
    const [written] = match;
    const lower = foldedOf(written);
    const isCapital = /\p{Lu}/u.test(written);
    for (const { word, start, end } of partsOf(lower, match.index)) {
      const base = baseForm(word);
      const isLight = !HEAVY.has(base) && (LIGHT.has(base) || LIGHT.has(word));
      found.push({ word: base, stem: stemOf(base), start, end, isLight, isCapital });
    }
  }
  const { concepts, carriers } = conceptsIn(found);
  return found.map((term, at) => {
    // "You are free to choose" is about no price.
    if (term.word === 'free' && found[at + 1]?.word === 'to')
      return { ...term, isLight: true, keys: [term.stem], id: term.stem };
    const keys = [...new Set([term.stem, ...(concepts[at] ?? [])])];
    // "Come back" is returning, though neither word says much alone.
    return { ...term, isLight: term.isLight && !carriers.has(at), keys, id: keys.join(' ') };
  });
}

const PLAIN = /^[a-z0-9'.-]+$/u;

function foldedOf(written: string): string {
  const lower = written.toLowerCase();
  if (PLAIN.test(lower)) return lower;
  return lower.replaceAll('’', "'").normalize('NFKD').replace(/\p{M}/gu, '');
}

/** Stems of words met before; a team's mail has few thousand. */
const stems = new Map<string, string>();
const MAX_STEMS = 20_000;

function stemOf(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  if (stems.size > MAX_STEMS) stems.clear();
  const stem = stemmer(word);
  stems.set(word, stem);
  return stem;
}

interface Part {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

function partsOf(lower: string, start: number): Part[] {
  const whole = { start, end: start + lower.length };
  const negated = NOT[lower] ?? (lower.endsWith("n't") ? [lower.slice(0, -3), 'not'] : null);
  if (negated) return negated.map((word) => ({ word, ...whole }));
  const [head = '', tail] = lower.split("'");
  if (tail !== undefined) return [{ word: head, ...whole }];
  // "Interest-free" is without interest.
  const without = /^(\p{L}{3,})-free$/u.exec(lower)?.[1];
  if (without !== undefined) return ['without', without].map((word) => ({ word, ...whole }));
  if (!/^\p{L}+(?:-\p{L}+)+$/u.test(lower) || /^(?:non|pre|e|x)-/u.test(lower))
    return [{ word: lower, ...whole }];
  let at = start;
  return lower.split('-').map((word) => {
    const part = { word, start: at, end: at + word.length };
    at = part.end + 1;
    return part;
  });
}

/** Phrases by the stem they begin with, the longest first. */
const phrases = new Map<string, { stems: readonly string[]; concept: string }[]>();
for (const line of CONCEPTS.trim().split('\n')) {
  const [name = '', members = ''] = line.split(':');
  for (const member of members.split(',')) {
    const stems = member
      .trim()
      .split(/[\s-]+/)
      .map((word) => stemmer(baseForm(word)));
    const [first = ''] = stems;
    const known = phrases.get(first) ?? [];
    known.push({ stems, concept: `=${name}` });
    phrases.set(first, known);
  }
}

interface Concepts {
  /** By place of the term. */
  readonly concepts: readonly (readonly string[])[];
  /** Places of words that carry the concept of a phrase of small words: "back" in "come back". */
  readonly carriers: ReadonlySet<number>;
}

const INSIDE = new Set(['it', 'them', 'this', 'that', 'you', 'us']);

/** Where the words of a phrase stand, beginning at `at`; a pronoun may stand inside ("call it off"). Null where it is another phrase. */
function placesOf(
  wanted: readonly string[],
  terms: readonly Pick<Term, 'word' | 'stem'>[],
  at: number,
): number[] | null {
  const places: number[] = [];
  let next = at;
  for (const stem of wanted) {
    if (places.length > 0 && terms[next]?.stem !== stem && INSIDE.has(terms[next]?.word ?? '')) next += 1;
    if (terms[next]?.stem !== stem) return null;
    places.push(next);
    next += 1;
  }
  return places;
}

const CARRIERS = new Set(['back', 'off', 'up', 'out', 'away', 'down']);

function conceptsIn(terms: readonly Pick<Term, 'word' | 'stem' | 'isLight'>[]): Concepts {
  const concepts = terms.map((): string[] => []);
  const carriers = new Set<number>();
  terms.forEach(({ stem }, at) => {
    for (const { stems: wanted, concept } of phrases.get(stem) ?? []) {
      const places = placesOf(wanted, terms, at);
      if (places === null) continue;
      for (const place of places) concepts[place]?.push(concept);
      const isSmall = places.every((place) => terms[place]?.isLight === true);
      const last = places.at(-1) ?? at;
      if (wanted.length > 1 && isSmall && CARRIERS.has(terms[last]?.word ?? '')) carriers.add(last);
    }
  });
  return { concepts, carriers };
}

/** Whether two terms mean the same: the same stem, one concept, or one is a longer form of the other (`deliver`, `deliveri`). */
export function meansSame(a: Term, b: Term): boolean {
  return a.keys.some((key) => b.keys.includes(key)) || isLongerForm(a.stem, b.stem);
}

const MIN_COMMON = 5;
const MAX_ENDING = 4;

/** Whether one stem is the other with an ending the stemmer left: `deliver`, `deliveri`. */
export function isLongerForm(a: string, b: string): boolean {
  if (a.length < MIN_COMMON || b.length < MIN_COMMON || a.charCodeAt(0) !== b.charCodeAt(0)) return false;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  return long.length - short.length <= MAX_ENDING && long.startsWith(short);
}
