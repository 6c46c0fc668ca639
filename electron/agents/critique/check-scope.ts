import { sameMeasure } from '../text/measures.js';
import { meansSame, type Term } from '../text/terms/terms.js';
import { has } from './alignment.js';
import { SAYS_ONLY } from './check-limits.js';
import type { Contradiction } from './contradiction.js';
import type { PoolUnit } from './evidence-pool.js';
import type { Statement } from './statement.js';

/** A claim about more, or about fewer, than its source: "any address" for "the same address", "even at night", "either" for "both". */
export function otherScope(claim: Statement, unit: PoolUnit): Contradiction | null {
  return (
    universal(claim, unit) ??
    evenBeyond(claim, unit) ??
    withoutMore(claim, unit) ??
    oneForEach(claim, unit) ??
    oneOfBoth(claim, unit)
  );
}

const ALL = new Set(['any', 'every', 'all', 'each']);
/** Adjectives that pick some out of all. */
const PICKS =
  /^(?:new|same|first|second|third|last|own|original|open|unused|bulky|final|valid|current|old|small|large|whole|full|single|next|several|two)$|(?:ed|al|able|ible|ive|ary)$/iu;
/** What follows a noun and picks some out of all: "guests with a reservation". */
const PICKED_AFTER =
  /^\s(?:with(?:out)?|who|that|whose|under|over|aged|above|below|placed|bought|paid|sent|made|marked|older|younger|larger|smaller)(?: [^\s,;.]+){1,3}/iu;

/** "Any device" where the source says "a new device", "all guests" where it says "guests with a reservation". */
function universal(claim: Statement, unit: PoolUnit): Contradiction | null {
  for (const [at, term] of claim.terms.entries()) {
    if (!ALL.has(term.word)) continue;
    const noun = claim.terms[at + 1];
    if (!noun || noun.isLight || /[,;.]/u.test(claim.text.slice(term.end, noun.start))) continue;
    const places = unit.terms.flatMap((own, place) => (!own.isLight && meansSame(own, noun) ? [place] : []));
    const picks = places.map((place) => pickBefore(unit, place, claim) ?? pickAfter(unit, place, claim));
    const [pick] = picks;
    if (pick && picks.every((one) => one !== null))
      return differs(`The source does not say this of all ("${pick}").`, noun);
  }
  return everyoneForSome(claim, unit);
}

function pickBefore(unit: PoolUnit, place: number, claim: Statement): string | null {
  const [before, noun] = [unit.terms[place - 1], unit.terms[place]];
  if (!before || !noun || !/^\s$/u.test(unit.text.slice(before.end, noun.start))) return null;
  const written = unit.text.slice(before.start, before.end);
  const isName = before.isCapital && before.start > 0;
  const isPick = isName || PICKS.test(written);
  return isPick && !claim.terms.some((other) => other.stem === before.stem) ? written : null;
}

function pickAfter(unit: PoolUnit, place: number, claim: Statement): string | null {
  const from = unit.terms[place]?.end ?? 0;
  const picked = PICKED_AFTER.exec(unit.text.slice(from));
  if (!picked) return null;
  const end = from + picked[0].length;
  const words = unit.content.filter((term) => term.start >= from && term.end <= end);
  const measures = unit.measures.filter((one) => one.start >= from && one.stop <= end);
  const isKept =
    measures.length > 0
      ? measures.some((one) => claim.measures.some((other) => sameMeasure(one, other)))
      : words.some((term) => has(claim, term));
  return words.length + measures.length > 0 && !isKept ? picked[0].trim() : null;
}

/** "Anyone" where the source says "only the owner". */
function everyoneForSome(claim: Statement, unit: PoolUnit): Contradiction | null {
  const everyone = /\b(?:anyone|anybody|everyone|everybody|both)\b/iu.test(claim.text);
  return everyone && SAYS_ONLY.test(unit.text) && !SAYS_ONLY.test(claim.text) && claim.negations.length === 0
    ? differs('The source allows this to some only.', null)
    : null;
}

/** "Even at the weekend" where the source does not speak of it. */
function evenBeyond(claim: Statement, unit: PoolUnit): Contradiction | null {
  const even =
    /\beven (?:if|when|though|after|before|at|on|for|with|without|in|during|while|once)\b[^,;.]*/iu.exec(
      claim.text,
    );
  if (!even) return null;
  return strangersWithin(
    claim,
    unit,
    even.index,
    even.index + even[0].length,
    'The source does not go so far.',
  );
}

/** "Without any confirmation" where the source speaks of none. */
function withoutMore(claim: Statement, unit: PoolUnit): Contradiction | null {
  const without =
    /\bwithout (?!losing|missing|affecting|changing|harming)(?:any |a |an |the |your |having to |further )?[\p{L}-]+(?: [\p{L}-]+)?/iu.exec(
      claim.text,
    );
  if (!without) return null;
  const end = without.index + without[0].length;
  return strangersWithin(claim, unit, without.index, end, 'The source does not say that it is not needed.');
}

function strangersWithin(
  { content }: Statement,
  unit: PoolUnit,
  start: number,
  end: number,
  message: string,
): Contradiction | null {
  const words = content.filter((term) => term.start >= start && term.end <= end);
  const isStrange = words.every((term) => !has(unit, term) && !has(unit.context, term));
  return words.length > 0 && isStrange ? differs(message, words[0] ?? null) : null;
}

const SHARED = /\b(?:a single|one single|the same|a shared|one common|only one)\b/iu;
const APART =
  /\b(?:(?:one|1|its own|their own|a separate)\b[^,;.]*\b(?:each|every|per)|each\b[^,;.]*\bown)\b/iu;

/** "A single number" where the source gives each its own. */
function oneForEach(claim: Statement, unit: PoolUnit): Contradiction | null {
  return SHARED.test(claim.text) && APART.test(unit.text) && !/\b(?:each|every|per)\b/iu.test(claim.text)
    ? differs('The source gives each its own.', null)
    : null;
}

const BOTH = /\bboth\s+(?<left>[^,;.]+?)\s+and\s+(?<right>[^,;.]+)/iu;
const ONE = /\b(?:only|just|either|one of|enough|sufficient)\b/iu;

/** "Only from the new address", "either holder" where the source says both. */
function oneOfBoth(claim: Statement, unit: PoolUnit): Contradiction | null {
  if (!/\bboth\b/iu.test(unit.text) || /\b(?:both|two)\b/iu.test(claim.text) || !ONE.test(claim.text))
    return null;
  const pair = BOTH.exec(unit.text);
  if (!pair) return differs('The source says both.', null);
  const [left = [], right = []] = [pair.groups?.['left'], pair.groups?.['right']].map((side = '') => {
    const start = unit.text.indexOf(side, pair.index);
    return unit.content.filter((term) => term.start >= start && term.end <= start + side.length);
  });
  const keeps = (words: readonly Term[]): boolean => words.some((term) => has(claim, term));
  return keeps(left) && keeps(right) && !/\b(?:either|one of)\b/iu.test(claim.text)
    ? null
    : differs('The source says both.', null);
}

function differs(message: string, term: Term | null): Contradiction {
  return { kind: 'condition_differs', message, term };
}
