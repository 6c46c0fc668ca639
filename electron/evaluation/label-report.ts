import { labelFigures, type LabelPair, type LabelReport } from './label-figures.js';
import { machineLine } from './machine.js';
import { inCapitals, withSwappedLetters } from './noise.js';
import { spreadOf, type Spread } from './spread.js';
import { textTable } from './text-table.js';

/** A text with the label a person gave it. */
export interface LabelledText {
  readonly text: string;
  readonly label: string;
}

/** One way to tell the label of a text; the first of a list is Cuecard's, the others are what it is measured against. */
export interface LabelMethod {
  readonly name: string;
  readonly label: (text: string) => string | Promise<string>;
}

export interface LabelEvaluation {
  readonly machine: string;
  readonly set: string;
  readonly methods: readonly (LabelReport & { readonly method: string })[];
  /** Of the first method, per text. */
  readonly times: Spread;
}

const SEED = 7;
const PERCENT = 100;
const SHOWN_CONFUSIONS = 8;

/** Labels every text by every method, the first one timed and, with `hasNoise`, tried on spoilt texts too. */
export async function evaluateLabels(
  set: string,
  texts: readonly LabelledText[],
  methods: readonly LabelMethod[],
  hasNoise: boolean,
): Promise<LabelEvaluation> {
  const [own] = methods;
  const timesMs: number[] = [];
  const read = async (
    { name, label }: LabelMethod,
    change: (text: string, at: number) => string,
    suffix = '',
  ) => {
    const pairs: LabelPair[] = [];
    for (const [at, { text, label: expected }] of texts.entries()) {
      const changed = change(text, at);
      const startedAt = performance.now();
      const found = await label(changed);
      if (name === own?.name && suffix === '') timesMs.push(performance.now() - startedAt);
      pairs.push({ expected, found });
    }
    return { method: `${name}${suffix}`, ...labelFigures(pairs) };
  };
  const results: (LabelReport & { readonly method: string })[] = [];
  for (const method of methods) results.push(await read(method, (text) => text));
  if (own && hasNoise) {
    results.push(await read(own, inCapitals, ', in capitals'));
    results.push(await read(own, (text, at) => withSwappedLetters(text, SEED + at), ', typing errors'));
  }
  return { machine: machineLine(), set, methods: results, times: spreadOf(timesMs) };
}

/** The evaluation as text: methods, labels of the first method, what it confuses, times. */
export function labelReportText({ machine, set, methods, times }: LabelEvaluation): string {
  const [own] = methods;
  const percent = (share: number): string => (share * PERCENT).toFixed(1);
  return [
    machine,
    `${set}: ${String(own?.count ?? 0)} texts`,
    '',
    textTable(
      ['', 'accuracy', 'macro F1'],
      methods.map(({ method, accuracy, macroF1 }) => [method, percent(accuracy), percent(macroF1)]),
    ),
    '',
    textTable(
      [own?.method ?? '', 'texts', 'precision', 'recall', 'F1'],
      (own?.labels ?? []).map(({ label, count, precision, recall, f1 }) => [
        label,
        count,
        percent(precision),
        percent(recall),
        percent(f1),
      ]),
    ),
    '',
    ...(own?.confusions ?? [])
      .slice(0, SHOWN_CONFUSIONS)
      .map(({ expected, found, count }) => `${expected} taken for ${found}: ${String(count)}`),
    `per text: p50 ${times.p50Ms.toFixed(2)} ms, p95 ${times.p95Ms.toFixed(2)} ms`,
    '',
  ].join('\n');
}
