import type { CritiqueIssue } from '../../../shared/domain/critique.js';
import { addressesIn } from '../text/measures.js';
import { issueOf } from './issue.js';

/** A web address without its protocol and `www.`, lower case, with its place. */
export interface Link {
  readonly value: string;
  readonly start: number;
  readonly stop: number;
}

/**
 * Web addresses the evidence does not have. One the model made up sends a customer to nobody, or to somebody else. Where the evidence has
 * exactly one address of the same site, that one is the fix. Addresses of mail are personal data and checked there.
 */
export function checkLinks(text: string, known: readonly Link[]): CritiqueIssue[] {
  return linksIn(text).flatMap(({ value, start, stop }) => {
    if (known.some((one) => one.value === value || one.value.startsWith(`${value}/`))) return [];
    const sameSite = [
      ...new Set(known.filter((one) => siteOf(one) === siteOf({ value })).map((one) => one.value)),
    ];
    const [only] = sameSite;
    const fix =
      sameSite.length === 1 && only !== undefined ? text.slice(0, start) + only + text.slice(stop) : null;
    return [
      issueOf('invented_link', `"${text.slice(start, stop)}" is in no source.`, {
        words: { start, end: stop },
        fix,
      }),
    ];
  });
}

/** All web addresses of a text. */
export function linksIn(text: string): Link[] {
  return addressesIn(text)
    .filter(({ value }) => !value.includes('@'))
    .map((one) => ({
      ...one,
      value: one.value.replace(/^(?:https?:\/\/)?(?:www\.)?/u, '').replace(/\/$/u, ''),
    }));
}

function siteOf({ value }: Pick<Link, 'value'>): string {
  return value.split('/')[0] ?? value;
}
