import type { Term } from '../text/terms/terms.js';
import { coverOf, type Alignment } from './alignment.js';
import { fatal, type Finding } from './finding.js';
import type { Statement } from './statement.js';

const BINDING_SLACK = 0.2;
/** Written with a capital wherever they stand. */
const ALWAYS_CAPITAL =
  /^(?:january|february|march|april|may|june|july|august|september|october|november|december|(?:mon|tues|wednes|thurs|fri|satur|sun)day|eur|cet|i|english|european|internet|ok)$/u;

/**
 * Names of a claim (companies, countries, products, menu entries) must stand in a unit that says the same: a carrier of another row is as
 * wrong as an invented one. A capital at the beginning of a sentence is a name when the evidence writes the word so in mid-sentence.
 * @param known what needs no source: the team's and the customer's names, lower case.
 */
export function checkNames(claim: Statement, ranked: readonly Alignment[], known: ReadonlySet<string>): Finding[] {
  const names = namesOf(claim, ranked).filter(({ word }) => !known.has(word));
  if (names.length === 0) return [];
  const strange = names.filter((name) => ranked.every(({ unit }) => coverOf(name, unit) === 0));
  if (strange.length > 0) return [notThere(claim, strange, 'is in no source.')];
  const [best] = ranked;
  const lost = names.filter((name) => best && coverOf(name, best.unit) === 0);
  if (!best || lost.length === 0) return [];
  const withAll = ranked.find(({ unit }) => names.every((name) => coverOf(name, unit) > 0));
  const rest = best.score;
  if (withAll && withAll.score >= rest - BINDING_SLACK) return [];
  // Another name stands where this one was put.
  const rivals = best.unit.content.filter(
    (term) => term.isCapital && term.start > 0 && !claim.terms.some(({ stem }) => stem === term.stem),
  );
  if (rivals.length === 0 && withAll && withAll.recall >= 0.5) return [];
  return [notThere(claim, lost, 'is not what the source says this about.')];
}

function namesOf(claim: Statement, ranked: readonly Alignment[]): Term[] {
  return claim.content.filter((term) => {
    if (!term.isCapital || ALWAYS_CAPITAL.test(term.word) || /\d/u.test(term.word)) return false;
    if (!startsSentence(term, claim.text)) return true;
    return ranked.some(({ unit }) =>
      unit.terms.some((own) => own.stem === term.stem && own.isCapital && !startsSentence(own, unit.text)),
    );
  });
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
