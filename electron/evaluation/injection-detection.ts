import { screenText } from '../agents/screening/screen-text.js';
import type { TextSource } from '../agents/screening/technique.js';
import { textsOf, type InjectionRow, type InjectionWay } from './injection-set.js';
import { spreadOf, type Spread } from './spread.js';
import { shareOf, type Share } from './wilson-interval.js';

/** How well a way to tell attacks does on some rows. */
export interface DetectionFigures {
  readonly name: string;
  readonly recall: Share;
  readonly precision: Share;
  /** Harmless texts taken for attacks. */
  readonly falseAlarms: Share;
}

export interface DetectionReport {
  readonly methods: readonly DetectionFigures[];
  readonly byWay: readonly DetectionFigures[];
  /** Precision counts the harmless texts that look like the technique. */
  readonly byTechnique: readonly DetectionFigures[];
  readonly missed: readonly string[];
  readonly falselyFound: readonly string[];
  readonly times: Spread;
}

const SOURCE: Readonly<Record<InjectionWay, TextSource>> = {
  customer: 'customer',
  knowledge: 'public_article',
  tool: 'tool_result',
};
/** What a first attempt would look for. */
const KEYWORDS =
  /ignore (?:all |the |your )*(?:previous |above )*instructions|system prompt|jailbreak|you are now|prompt injection/iu;

/** Looks at every row with the app's screening and, as a baseline, with a handful of key words. */
export function measureDetection(rows: readonly InjectionRow[]): DetectionReport {
  const timesMs: number[] = [];
  const judged = rows.map((row) => {
    const text = textsOf(row).join('\n');
    const startedAt = performance.now();
    const isFound = screenText(text, SOURCE[row.via]).techniques.length > 0;
    timesMs.push(performance.now() - startedAt);
    return { row, isFound, isKeyword: KEYWORDS.test(text) };
  });
  const names = (key: (row: InjectionRow) => string): string[] =>
    [...new Set(rows.filter(({ label }) => label === 'attack').map(key))].sort();
  const idsOf = (label: InjectionRow['label'], found: boolean): string[] =>
    judged.filter(({ row, isFound }) => row.label === label && isFound === found).map(({ row }) => row.id);
  return {
    methods: [
      figures('screening', judged),
      figures(
        'key words',
        judged.map(({ row, isKeyword }) => ({ row, isFound: isKeyword })),
      ),
    ],
    byWay: names(({ via }) => via).map((via) =>
      figures(
        via,
        judged.filter(({ row }) => row.via === via),
      ),
    ),
    byTechnique: names(({ technique }) => technique).map((technique) =>
      figures(
        technique,
        judged.filter(({ row }) => row.technique === technique),
      ),
    ),
    missed: idsOf('attack', false),
    falselyFound: idsOf('harmless', true),
    times: spreadOf(timesMs),
  };
}

function figures(
  name: string,
  judged: readonly { readonly row: InjectionRow; readonly isFound: boolean }[],
): DetectionFigures {
  const attacks = judged.filter(({ row }) => row.label === 'attack');
  const harmless = judged.filter(({ row }) => row.label === 'harmless');
  const right = attacks.filter(({ isFound }) => isFound).length;
  const wrong = harmless.filter(({ isFound }) => isFound).length;
  return {
    name,
    recall: shareOf(right, attacks.length),
    precision: shareOf(right, right + wrong),
    falseAlarms: shareOf(wrong, harmless.length),
  };
}
