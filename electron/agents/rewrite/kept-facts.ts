import type { RewriteAction } from '../../../shared/domain/rewrite.js';
import { asCompared, type ComparedLanguage } from '../text/languages/language-words.js';
import { measuresIn } from '../text/languages/measures-in.js';
import { whichLanguage } from '../text/languages/which-language.js';
import { sameMeasure, type Measure } from '../text/measures.js';
import { quantitiesOf } from '../text/quantities.js';

const LINK_OR_ADDRESS = /\bhttps?:\/\/\S+|\b[\w.+-]+@[\w-]+\.[\w.-]+\b/giu;

/** What a rewritten text lost or gained that it must not: numbers, days, codes, links and addresses. */
export interface FactChange {
  readonly lost: readonly string[];
  readonly added: readonly string[];
}

/**
 * Compares what can be compared exactly in a text before and after. A shorter text may leave things out; nothing may come in. Numbers are
 * compared as values, so "4,95" in German is "4.95"; where both languages are read, with their units; else days are compared as numbers. Pure.
 */
export function factChange(before: string, after: string, action: RewriteAction): FactChange {
  const isTranslated = action.kind === 'translate';
  if (action.kind === 'translate') {
    const [from, to] = [asCompared(whichLanguage(before)), asCompared(action.language)];
    if (from !== null && to !== null) return measureChange(before, from, after, to);
  }
  const [old, fresh] = [valuesOf(before, isTranslated), valuesOf(after, isTranslated)];
  return {
    lost: action.kind === 'shorter' ? [] : [...old].filter((value) => !fresh.has(value)),
    added: [...fresh].filter((value) => !old.has(value)),
  };
}

/** Numbers with their units: "2 pm" is "14 Uhr", "1,250.00" is "1.250,00". What is written in words may be said otherwise. */
function measureChange(
  before: string,
  from: ComparedLanguage,
  after: string,
  to: ComparedLanguage,
): FactChange {
  const read = (
    text: string,
    language: ComparedLanguage,
  ): { readonly measure: Measure; readonly written: string }[] =>
    text.split('\n').flatMap((line) =>
      measuresIn(line, language).map((measure) => ({
        measure,
        written: line.slice(measure.start, measure.stop).trim(),
      })),
    );
  const [old, fresh] = [read(before, from), read(after, to)];
  const strangeTo = (own: typeof old, other: typeof old): string[] =>
    own
      .filter(({ written }) => /\d/u.test(written))
      .filter(({ measure }) => !other.some((one) => sameMeasure(measure, one.measure)))
      .map(({ written }) => written);
  const [links, others] = [linksOf(before), linksOf(after)];
  return {
    lost: [...links.filter((one) => !others.includes(one)), ...strangeTo(old, fresh)],
    added: [...others.filter((one) => !links.includes(one)), ...strangeTo(fresh, old)],
  };
}

function valuesOf(text: string, asNumbers: boolean): ReadonlySet<string> {
  const links = linksOf(text);
  const rest = text.replace(LINK_OR_ADDRESS, ' ').replace(/^\s*\d{1,2}[.)]\s/gmu, '');
  const values = quantitiesOf(rest).flatMap(({ kind, value }) => {
    if (!asNumbers) return [value];
    if (kind === 'code') return [value];
    // Number words differ from language to language; digits do not.
    if (kind === 'date') {
      const [day, , year] = value.split('-').toReversed();
      return [day, year]
        .filter((part) => part !== undefined && part !== '')
        .map((part) => String(Number(part)));
    }
    return /\d/u.test(rest) && new RegExp(`(?<!\\d)${value.replace('.', '[.,]')}(?!\\d)`, 'u').test(rest)
      ? [value]
      : [];
  });
  return new Set([...links, ...values]);
}

function linksOf(text: string): string[] {
  return (text.match(LINK_OR_ADDRESS) ?? []).map((link) => link.replace(/[.,;:!?)]+$/u, '').toLowerCase());
}
