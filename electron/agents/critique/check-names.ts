import type { Term } from '../text/terms/terms.js';
import { coverOf, has, type Alignment } from './alignment.js';
import { fatal, type Finding } from './finding.js';
import type { PoolUnit } from './evidence-pool.js';
import { isBoundWithin } from './segments.js';
import type { Statement } from './statement.js';

const BINDING_SLACK = 0.12;
/** A unit that has all but the name itself was meant; its neighbours were not. */
const NEARLY_ALL = 0.7;
/** Written with a capital wherever they stand. */
const ALWAYS_CAPITAL =
  /^(?:january|february|march|april|may|june|july|august|september|october|november|december|eur|cet|i|english|european|internet|ok)$/u;

/**
 * Names of a claim (companies, countries, products, menu entries) must stand in a unit that says the same: a carrier of another row is as
 * wrong as an invented one. A capital at the beginning of a sentence is a name when the evidence writes the word so in mid-sentence.
 * @param known what needs no source: the team's and the customer's names, lower case.
 */
export function strangeNames(
  claim: Statement,
  ranked: readonly Alignment[],
  known: ReadonlySet<string>,
): Finding[] {
  const strange = namesOf(claim, ranked).filter(
    (name) => !known.has(name.word) && !ranked.some(({ unit }) => namesIt(name, unit)),
  );
  return strange.length > 0 ? [notThere(claim, strange, 'is in no source.')] : [];
}

export function checkNames(
  claim: Statement,
  ranked: readonly Alignment[],
  known: ReadonlySet<string>,
): Finding[] {
  const names = namesOf(claim, ranked).filter(({ word }) => !known.has(word));
  if (names.length === 0) return [];
  const strange = names.filter((name) => !ranked.some(({ unit }) => namesIt(name, unit)));
  if (strange.length > 0) return [notThere(claim, strange, 'is in no source.')];
  const [best] = ranked;
  const lost = names.filter((name) => best && !namesIt(name, best.unit));
  if (!best) return [];
  if (lost.length === 0) {
    const misplaced = names.filter((name) => !isNameBound(name, claim, best.unit, known));
    return misplaced.length > 0 && misplaced.length < claim.content.length
      ? [notThere(claim, misplaced, 'is not what the source says this about.')]
      : [];
  }
  const isBeside = (name: Term): boolean =>
    ranked.some(
      ({ unit }) =>
        unit.articleId === best.unit.articleId &&
        Math.abs(unit.position - best.unit.position) === 1 &&
        namesIt(name, unit),
    );
  const withAll = ranked.find(({ unit }) => names.every((name) => namesIt(name, unit)));
  const rest = best.score;
  if (withAll && withAll.score >= rest - BINDING_SLACK) return [];
  // Another name stands where this one was put.
  const rivals = best.unit.content.filter(
    (term) => term.isCapital && term.start > 0 && !claim.terms.some(({ stem }) => stem === term.stem),
  );
  if (rivals.length === 0 && withAll && withAll.recall >= 0.75) return [];
  if (rivals.length === 0 && best.recall < NEARLY_ALL && lost.every(isBeside)) return [];
  return [notThere(claim, lost, 'is not what the source says this about.')];
}

/** "Bancontact is available in the Netherlands" from "iDEAL in the Netherlands, and Bancontact in Belgium". */
function isNameBound(name: Term, claim: Statement, unit: PoolUnit, known: ReadonlySet<string>): boolean {
  const places = unit.content.filter(({ stem }) => stem === name.stem);
  const isRival = (start: number, end: number): boolean =>
    unit.content.some(
      (own) =>
        own.isCapital &&
        !startsSentence(own, unit.text) &&
        own.start >= start &&
        own.start < end &&
        !has(claim, own) &&
        !known.has(own.word),
    );
  return places.length === 0 || places.some(({ start }) => isBoundWithin(claim, unit, start, isRival));
}

function namesOf(claim: Statement, ranked: readonly Alignment[]): Term[] {
  return claim.content.filter((term) => {
    if (!term.isCapital || ALWAYS_CAPITAL.test(term.word) || /\d/u.test(term.word)) return false;
    if (!startsSentence(term, claim.text)) return true;
    const isName = ranked.some(({ unit }) =>
      unit.terms.some((own) => own.stem === term.stem && own.isCapital && !startsSentence(own, unit.text)),
    );
    return isName || isStrangeSubject(term, claim, ranked);
  });
}

/** A name is the same word, or the same country otherwise written; no synonym will do. */
function namesIt(name: Term, unit: PoolUnit): boolean {
  const isCountry = (key: string): boolean => key.startsWith('=country-');
  return [unit, unit.context].some(({ terms }) =>
    terms.some(
      (own) => own.stem === name.stem || own.keys.some((key) => isCountry(key) && name.keys.includes(key)),
    ),
  );
}

/** "Klarna lets you": a bare word nobody knows before its verb, where the source has a name of its own. */
function isStrangeSubject(term: Term, claim: Statement, ranked: readonly Alignment[]): boolean {
  const next = claim.terms[claim.terms.indexOf(term) + 1];
  const [best] = ranked;
  if (!next || !best || !/^\p{L}+(?<!s)s$/u.test(claim.text.slice(next.start, next.end))) return false;
  if (
    /s$/u.test(claim.text.slice(term.start, term.end)) ||
    ranked.some(({ unit }) => coverOf(term, unit) > 0)
  )
    return false;
  return best.unit.content.some(
    (own) =>
      own.isCapital &&
      !startsSentence(own, best.unit.text) &&
      !claim.terms.some(({ stem }) => stem === own.stem),
  );
}

function startsSentence({ start }: Term, text: string): boolean {
  return /(?:^|[.!?:]\s+|^\d+\.\s+|["“(]\s*)$/u.test(text.slice(0, start));
}

function notThere(claim: Statement, names: readonly Term[], what: string): Finding {
  const first = names[0];
  const written = names.map(({ start, end }) => claim.text.slice(start, end)).join(', ');
  return fatal('name_not_in_source', `${written} ${what}`, {
    words: first ? { start: first.start, end: first.end } : null,
  });
}
