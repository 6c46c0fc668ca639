import { shareOf, type Share } from './wilson-interval.js';
import type { PiiSpan, PiiText } from './pii-set.js';

/** How a detector did on one part of a set. */
export interface PiiFigures {
  readonly part: string;
  /** Places of which no letter and no digit would leave. */
  readonly recall: Share;
  /** Finds of which at least half is personal data. */
  readonly precision: Share;
}

export interface PiiMethodFigures {
  readonly method: string;
  readonly all: PiiFigures;
  readonly kinds: readonly PiiFigures[];
  readonly languages: readonly PiiFigures[];
  /** Texts of which nothing personal would leave. */
  readonly cleanTexts: Share;
  /** Found places that were also called what they are. */
  readonly rightKind: Share;
}

/** What was found in one text of a set. */
export interface PiiResult {
  readonly row: PiiText;
  readonly found: readonly PiiSpan[];
}

const SIGN = /[\p{L}\p{N}]/u;

/** How many letters and digits of a span the others cover. */
function covered(
  text: string,
  { start, end }: PiiSpan,
  others: readonly PiiSpan[],
): { of: number; in: number } {
  let [all, inside] = [0, 0];
  for (let at = start; at < end; at += 1) {
    if (!SIGN.test(text.charAt(at))) continue;
    all += 1;
    if (others.some((other) => other.start <= at && at < other.end)) inside += 1;
  }
  return { of: all, in: inside };
}

export const isHidden = ({ row, found }: PiiResult, span: PiiSpan): boolean => {
  const { of, in: inside } = covered(row.text, span, found);
  return of === inside;
};
export const isRight = ({ row }: PiiResult, find: PiiSpan): boolean => {
  const { of, in: inside } = covered(row.text, find, row.spans);
  return inside * 2 >= of;
};
const overlaps = (a: PiiSpan, b: PiiSpan): boolean => a.start < b.end && b.start < a.end;

export function piiFigures(method: string, results: readonly PiiResult[]): PiiMethodFigures {
  const part = (name: string, some: readonly PiiResult[], kind?: string): PiiFigures => {
    const of = (spans: readonly PiiSpan[]): PiiSpan[] =>
      spans.filter((span) => kind === undefined || span.kind === kind);
    const expected = some.flatMap((result) => of(result.row.spans).map((span) => isHidden(result, span)));
    const found = some.flatMap((result) => of(result.found).map((find) => isRight(result, find)));
    return { part: name, recall: tally(expected), precision: tally(found) };
  };
  const kinds = unique(results.flatMap(({ row }) => row.spans.map(({ kind }) => kind)));
  const languages = unique(results.map(({ row }) => row.lang));
  const named = results.flatMap(({ row, found }) =>
    row.spans.flatMap((span) => {
      const over = found.filter((find) => overlaps(find, span));
      return over.length === 0 ? [] : [over.some((find) => find.kind === span.kind)];
    }),
  );
  return {
    method,
    all: part('all', results),
    kinds: kinds.map((kind) => part(kind, results, kind)),
    languages: languages.map((lang) =>
      part(
        lang,
        results.filter(({ row }) => row.lang === lang),
      ),
    ),
    cleanTexts: tally(results.map((result) => result.row.spans.every((span) => isHidden(result, span)))),
    rightKind: tally(named),
  };
}

const tally = (outcomes: readonly boolean[]): Share =>
  shareOf(outcomes.filter(Boolean).length, outcomes.length);
const unique = (values: readonly string[]): string[] => [...new Set(values)].sort();
