import type { RewriteAction } from '../../../shared/domain/rewrite.js';
import { quantitiesOf } from '../text/quantities.js';

const LINK_OR_ADDRESS = /\bhttps?:\/\/\S+|\b[\w.+-]+@[\w-]+\.[\w.-]+\b/giu;

/** What a rewritten text lost or gained that it must not: numbers, days, codes, links and addresses. */
export interface FactChange {
  readonly lost: readonly string[];
  readonly added: readonly string[];
}

/**
 * Compares what can be compared exactly in a text before and after. A shorter text may leave things out; nothing may come in. Numbers are
 * compared as values, so "4,95" in German is "4.95"; days are compared as numbers where months have other names. Pure.
 */
export function factChange(before: string, after: string, action: RewriteAction): FactChange {
  const isTranslated = action.kind === 'translate';
  const [old, fresh] = [valuesOf(before, isTranslated), valuesOf(after, isTranslated)];
  return {
    lost: action.kind === 'shorter' ? [] : [...old].filter((value) => !fresh.has(value)),
    added: [...fresh].filter((value) => !old.has(value)),
  };
}

function valuesOf(text: string, asNumbers: boolean): ReadonlySet<string> {
  const links = (text.match(LINK_OR_ADDRESS) ?? []).map((link) =>
    link.replace(/[.,;:!?)]+$/u, '').toLowerCase(),
  );
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
