import type { Detector } from '../../shared/personal-data/detect.js';
import { machineLine } from './machine.js';
import { createCompromiseBaseline, emailAndPhone } from './pii-baselines.js';
import {
  isHidden,
  isRight,
  piiFigures,
  type PiiFigures,
  type PiiMethodFigures,
  type PiiResult,
} from './pii-figures.js';
import { readPiiSet, type PiiSpan } from './pii-set.js';
import type { Share } from './wilson-interval.js';
import { spreadOf, type Spread } from './spread.js';
import { textTable } from './text-table.js';

export interface PiiEvaluation {
  readonly machine: string;
  readonly set: string;
  readonly texts: number;
  readonly places: number;
  readonly methods: readonly (PiiMethodFigures & { readonly times: Spread })[];
  /** What Cuecard missed and what it took for personal data, with the text around it; for whoever improves it. */
  readonly missed: readonly string[];
  readonly mistaken: readonly string[];
}

export interface PiiOptions {
  readonly detector: Detector;
  readonly split?: string | undefined;
}

/**
 * Measures how well personal data is found in the texts of a file, beside two baselines.
 * @throws AppErrorException EVALUATION_DATA_NOT_FOUND, EVALUATION_DATA_INVALID.
 */
export async function evaluatePii(file: string, { detector, split }: PiiOptions): Promise<PiiEvaluation> {
  const rows = await readPiiSet(file, split);
  const methods: readonly (readonly [string, (text: string) => readonly PiiSpan[]])[] = [
    ['Cuecard', (text) => detector([text])[0] ?? []],
    ['expressions for mail and phone', emailAndPhone],
    ['compromise', await createCompromiseBaseline()],
  ];
  // The first texts pay for what is set up once.
  for (const [, find] of methods) rows.slice(0, 5).forEach(({ text }) => find(text));
  const measured = methods.map(([method, find]) => {
    const times: number[] = [];
    const results = rows.map((row): PiiResult => {
      const startedAt = performance.now();
      const found = find(row.text);
      times.push(performance.now() - startedAt);
      return { row, found };
    });
    return { results, figures: { ...piiFigures(method, results), times: spreadOf(times) } };
  });
  const own = measured[0]?.results ?? [];
  return {
    machine: machineLine(),
    set: file,
    texts: rows.length,
    places: rows.reduce((sum, { spans }) => sum + spans.length, 0),
    methods: measured.map(({ figures }) => figures),
    missed: own.flatMap((one) =>
      inText(
        one,
        one.row.spans.filter((span) => !isHidden(one, span)),
      ),
    ),
    mistaken: own.flatMap((one) =>
      inText(
        one,
        one.found.filter((find) => !isRight(one, find)),
      ),
    ),
  };
}

/** Spans with a little of the text around them. */
function inText({ row: { text, lang } }: PiiResult, spans: readonly PiiSpan[]): string[] {
  return spans.map(({ kind, start, end }) => {
    const around = `${text.slice(Math.max(0, start - 25), start)}>>${text.slice(start, end)}<<${text.slice(end, end + 15)}`;
    return `${lang} ${kind}: ${around.replace(/\n/gu, ' / ')}`;
  });
}

const hundredfold = (value: number | null): string => ((value ?? 0) * 100).toFixed(1);
const percent = ({ share }: Share): string => (share === null ? '-' : hundredfold(share));
const interval = ({ share, low, high }: Share): string =>
  share === null ? '' : `${hundredfold(low)}-${hundredfold(high)}`;

export function piiReportText(evaluation: PiiEvaluation, withMistakes: boolean): string {
  const { machine, set, texts, places, methods, missed, mistaken } = evaluation;
  const rows = (figures: readonly PiiFigures[]): (string | number)[][] =>
    figures.map(({ part, recall, precision }) => [
      ...[part, recall.whole, percent(recall), interval(recall)],
      ...[precision.whole, percent(precision), interval(precision)],
    ]);
  const header = ['', 'places', 'recall', '95 %', 'finds', 'precision', '95 %'];
  const [own] = methods;
  return [
    machine,
    `${set}: ${String(texts)} texts, ${String(places)} places. Recall counts a place when none of its letters and digits would leave; precision a find of which half is personal.`,
    '',
    textTable(header, rows(methods.map(({ method, all }) => ({ ...all, part: method })))),
    '',
    ...(own ? [textTable(['Cuecard, by kind', ...header.slice(1)], rows(own.kinds)), ''] : []),
    ...(own ? [textTable(['Cuecard, by language', ...header.slice(1)], rows(own.languages)), ''] : []),
    textTable(
      ['', 'texts nothing leaves of', '95 %', 'kind named right', 'ms p50', 'ms p95'],
      methods.map(({ method, cleanTexts, rightKind, times }) => [
        ...[method, percent(cleanTexts), interval(cleanTexts), percent(rightKind)],
        ...[times.p50Ms.toFixed(2), times.p95Ms.toFixed(2)],
      ]),
    ),
    '',
    ...(withMistakes ? ['Missed:', ...missed, '', 'Taken for personal data:', ...mistaken, ''] : []),
  ].join('\n');
}
