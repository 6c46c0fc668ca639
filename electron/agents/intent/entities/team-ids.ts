import type { TeamProfile } from '../../../../shared/domain/team.js';
import type { EntityFinder, FoundEntity } from './found-entity.js';

const kinds = {
  orderId: 'order_id',
  returnId: 'return_id',
  trackingNumber: 'tracking_number',
  errorCode: 'error_code',
} as const;

/** "order 104233", "my order number is #104233": the digits of an order number whose prefix was left out. */
const NAMED_ORDER =
  /\border(?:\s+(?:number|no\.?|nr\.?|id|ref(?:erence)?))?(?:\s+is)?\s*[:#]?\s*#?\s*(?<digits>\d{4,12})(?![\p{L}\p{N}])/giu;

/**
 * Finds the team's numbers as customers write them: any case, a space or nothing where the dash belongs, `#` in front.
 * The value is the team's own form. A pattern that is no valid expression finds nothing.
 */
export function createTeamIdFinder(patterns: TeamProfile['patterns']): EntityFinder {
  const finders = (Object.keys(kinds) as (keyof typeof kinds)[]).flatMap((name) => {
    const source = patterns[name];
    const finder = source === undefined ? null : createIdFinder(source, kinds[name]);
    return finder ? [finder] : [];
  });
  const byDigits = createOrderDigitFinder(patterns.orderId);
  return (text) => [...finders.flatMap((find) => find(text)), ...byDigits(text)];
}

function createIdFinder(source: string, kind: FoundEntity['kind']): EntityFinder | null {
  // The dash of a character class stays; one between parts of an id may be a space or missing.
  const tolerant = source.replace(/(?<!\\)-(?![^[]*\])/gu, '[-\\u2010-\\u2015 _.]{0,2}');
  try {
    const exact = new RegExp(`^(?:${source})$`, 'iu');
    const pattern = new RegExp(`(?<![\\p{L}\\p{N}-])(?:${tolerant})(?![\\p{L}\\p{N}])`, 'giu');
    return (text) =>
      Array.from(text.matchAll(pattern), (match) => ({
        kind,
        value: ownForm(match[0], exact),
        start: match.index,
        end: match.index + match[0].length,
      }));
  } catch {
    return null;
  }
}

/** Upper case, with the dash put where the team's pattern wants it. */
function ownForm(written: string, exact: RegExp): string {
  const upper = written.toUpperCase();
  if (exact.test(upper)) return upper;
  const compact = upper.replace(/[^\p{L}\p{N}]/gu, '');
  for (let at = 1; at < compact.length; at++) {
    const dashed = `${compact.slice(0, at)}-${compact.slice(at)}`;
    if (exact.test(dashed)) return dashed;
  }
  return compact;
}

/** Works for patterns of the usual form: a literal prefix and a fixed number of digits. */
function createOrderDigitFinder(source: string): EntityFinder {
  const shape = /^(?<prefix>[A-Z]{1,6}-?)\\d\{(?<count>\d{1,2})\}$/u.exec(source)?.groups;
  return (text) => {
    if (!shape) return [];
    return Array.from(text.matchAll(NAMED_ORDER)).flatMap((match) => {
      const digits = match.groups?.['digits'] ?? '';
      if (digits.length !== Number(shape['count'])) return [];
      const end = match.index + match[0].length;
      return [
        {
          kind: 'order_id',
          value: `${shape['prefix'] ?? ''}${digits}`,
          start: end - digits.length,
          end,
        } as const,
      ];
    });
  };
}
