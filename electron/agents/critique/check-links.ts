import type { CritiqueIssue } from '../../../shared/domain/critique.js';
import { measuresOf } from '../text/measures.js';
import { issueOf } from './issue.js';

/**
 * Web addresses the evidence does not have. One the model made up sends a customer to nobody, or to somebody else. Where the evidence has
 * exactly one address of the same site, that one is the fix. Addresses of mail are personal data and checked there.
 */
export function checkLinks(text: string, allowed: string): CritiqueIssue[] {
  const known = linksIn(allowed);
  return linksIn(text).flatMap(({ value, start, stop }) => {
    if (known.some((one) => one.value === value || one.value.startsWith(`${value}/`))) return [];
    const sameSite = [...new Set(known.filter((one) => siteOf(one.value) === siteOf(value)).map((one) => one.value))];
    const [only] = sameSite;
    const fix = sameSite.length === 1 && only !== undefined ? text.slice(0, start) + only + text.slice(stop) : null;
    return [
      issueOf('invented_link', `"${text.slice(start, stop)}" is in no source.`, {
        words: { start, end: stop },
        fix,
      }),
    ];
  });
}

function linksIn(text: string) {
  return measuresOf(text)
    .filter(({ unit, value }) => unit === 'code' && /\.[a-z]{2,}/u.test(value) && !value.includes('@'))
    .map((one) => ({ ...one, value: one.value.replace(/^(?:https?:\/\/)?(?:www\.)?/u, '').replace(/\/$/u, '') }));
}

function siteOf(link: string): string {
  return link.split('/')[0] ?? link;
}
