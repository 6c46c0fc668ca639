import type { EgressEntry } from '../../../shared/domain/egress-entry.js';
import { strings } from '../../app/strings.js';

const text = strings.ledger;

/** `Chat model · draft` */
export const purposeOf = ({ kind, task }: Pick<EgressEntry, 'kind' | 'task'>): string =>
  task === null ? text.kind[kind] : `${text.kind[kind]} · ${text.task[task]}`;

export const sumOf = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);

/** `2 names, 1 order number`: counts by kind, in the words of the settings. */
export const countsText = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(
      ([kind, count]) =>
        `${kind in text.kinds ? text.kinds[kind as keyof typeof text.kinds] : kind} ${String(count)}`,
    )
    .join(' · ');

/** Millionths of a dollar as `$0.0042`. */
export const costText = (micros: number): string =>
  `$${(micros / 1_000_000).toFixed(micros < 10_000 ? 4 : 2)}`;

/** Placeholders the guard puts in the place of values. */
const PLACEHOLDER =
  /\[(?:NAME|EMAIL|PHONE|ADDRESS|CARD|IBAN|ACCOUNT|ID|ORDER|IP|LINK|SECRET|TEXT)_\d+(?:_(?:FIRST|LAST))?\]/g;

/** A text in pieces, every second of which is a placeholder. */
export function piecesOf(text: string): { readonly plain: string; readonly placeholder: string | null }[] {
  const pieces: { plain: string; placeholder: string | null }[] = [];
  let from = 0;
  for (const match of text.matchAll(PLACEHOLDER)) {
    pieces.push({ plain: text.slice(from, match.index), placeholder: match[0] });
    from = match.index + match[0].length;
  }
  return [...pieces, { plain: text.slice(from), placeholder: null }];
}

/** JSON laid out with its line breaks, for reading; other text as it is. */
export function laidOut(body: string): string {
  try {
    const value: unknown = JSON.parse(body);
    return JSON.stringify(value, null, 2).replace(/\\n/g, '\n').replace(/\\"/g, '"');
  } catch {
    return body;
  }
}
