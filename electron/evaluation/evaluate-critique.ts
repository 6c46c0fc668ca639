import type { Critique, Support } from '../../shared/domain/critique.js';
import type { Team } from '../../shared/domain/team.js';
import { createDraftCheck, type DraftCheck } from '../agents/critique/check-draft.js';
import { inheritVerdicts } from '../agents/rewrite/inherit-verdicts.js';
import { whichLanguage } from '../agents/text/languages/which-language.js';
import type { Embedder } from '../models/embedder.js';
import { bootstrap, wilson, type Interval } from './confidence.js';
import { bestThreshold, cosineScores, overlapScores } from './critique-baselines.js';
import { draftOf, libraryOf, type CritiqueRow } from './critique-set.js';
import { rates } from './label-figures.js';
import { machineLine } from './machine.js';
import { spreadOf, type Spread } from './spread.js';
import { splitRows } from './split-rows.js';

/** How well "unsupported" is found by one method. */
export interface CritiqueFigures {
  readonly method: string;
  readonly precision: Interval;
  readonly recall: Interval;
  readonly f1: Interval;
  /** Share of supported and courtesy sentences that were called unsupported. */
  readonly falseAlarms: Interval;
}

export interface CritiqueEvaluation {
  readonly machine: string;
  readonly set: string;
  readonly split: string | null;
  readonly rows: number;
  readonly methods: readonly CritiqueFigures[];
  /** Of the first method: which share of each kind of error was found, and of each kind of right sentence let pass. */
  readonly swaps: readonly {
    readonly swap: string;
    readonly label: string;
    readonly count: number;
    readonly right: Interval;
  }[];
  /** Supported sentences by verdict of the first method. */
  readonly supportedAs: Readonly<Record<Support, number>>;
  /** Of drafts of up to six sentences with the same evidence, embedding included. */
  readonly times: Spread;
  /** Processor time of the same drafts: what remains of `times` where nothing else runs. */
  readonly processorTimes: Spread;
  /** Rows the first method got wrong. */
  readonly misses: readonly {
    readonly sentence: string;
    readonly label: string;
    readonly swap: string;
    readonly found: Support;
    readonly kinds: readonly string[];
  }[];
}

export interface CritiqueOptions {
  readonly set: string;
  readonly rows: readonly CritiqueRow[];
  readonly split: string | null;
  readonly team: Team;
  readonly embedder: Pick<Embedder, 'embed'>;
}

const SEED = 11;
const DRAFT_SENTENCES = 6;
const WARM_UP = 10;
const MICROSECONDS = 1_000;
/** Baselines choose their threshold on rows of this split where the set has it, else on the rows they are measured on. */
const FIT = 'fit';

/** Judges every row by the check of the app and by two baselines; see docs/evidence.md for what the figures mean. */
export async function evaluateCritique(options: CritiqueOptions): Promise<CritiqueEvaluation> {
  const { set, split, team, embedder } = options;
  const rows = splitRows(set, options.rows, (row) => row.split, split);
  const check = createDraftCheck(embedder);
  const judged: { row: CritiqueRow; found: Support; kinds: readonly string[] }[] = [];
  for (const row of rows) judged.push({ row, ...(await judgeRow(row, check, team)) });
  const own = figuresOf(
    'Cuecard',
    judged.map(({ row, found }) => ({ row, isFound: found === 'unsupported' })),
  );
  const baselines = await baselineFigures(options, rows);
  return {
    machine: machineLine(),
    set,
    split,
    rows: rows.length,
    methods: [own, ...baselines],
    swaps: swapFigures(judged),
    supportedAs: count(judged.filter(({ row }) => row.label === 'supported').map(({ found }) => found)),
    ...(await draftTimes(rows, createDraftCheck(embedder), team)),
    misses: judged
      .filter(({ row, found }) => (found === 'unsupported') !== isUnsupported(row))
      .map(({ row, found, kinds }) => ({
        ...{ sentence: row.sentence, label: row.label, swap: row.swap, found, kinds },
      })),
  };
}

function isUnsupported({ label }: CritiqueRow): boolean {
  return label === 'unsupported';
}

async function judgeRow(
  row: CritiqueRow,
  check: DraftCheck,
  team: Team,
): Promise<{ found: Support; kinds: readonly string[] }> {
  const judged = (text: string): Promise<Critique> =>
    check({
      ...{ draft: draftOf([text]), library: libraryOf(row), team, today: row.today },
      ...{ query: '', own: '' },
    });
  const { sentences } =
    row.original === null ? await judged(row.sentence) : await translated(row, row.original, judged);
  const [sentence] = sentences;
  return {
    found: sentence?.support ?? 'unsupported',
    kinds: (sentence?.issues ?? []).map(({ kind }) => kind),
  };
}

/** A translation is judged as the rewrite judges it: by the verdict of its original. */
async function translated(
  { sentence, language }: CritiqueRow,
  original: string,
  judged: (text: string) => Promise<Critique>,
): Promise<Critique> {
  const critique = await judged(original);
  const before = { sentences: draftOf([original]).sentences, critique };
  return inheritVerdicts(before, draftOf([sentence]).sentences, language ?? whichLanguage(sentence));
}

interface Judged {
  readonly row: CritiqueRow;
  readonly isFound: boolean;
}

function figuresOf(method: string, judged: readonly Judged[]): CritiqueFigures {
  const found = judged.filter(({ isFound }) => isFound);
  const expected = judged.filter(({ row }) => isUnsupported(row));
  const right = found.filter(({ row }) => isUnsupported(row)).length;
  const others = judged.filter(({ row }) => !isUnsupported(row));
  const f1 = (sample: readonly Judged[]): number =>
    rates(
      sample.filter(({ row, isFound }) => isFound && isUnsupported(row)).length,
      sample.filter(({ isFound }) => isFound).length,
      sample.filter(({ row }) => isUnsupported(row)).length,
    ).f1;
  return {
    method,
    precision: wilson(right, found.length),
    recall: wilson(right, expected.length),
    f1: bootstrap(judged, f1, SEED),
    falseAlarms: wilson(others.filter(({ isFound }) => isFound).length, others.length),
  };
}

async function baselineFigures(
  { rows: all, embedder }: CritiqueOptions,
  rows: readonly CritiqueRow[],
): Promise<CritiqueFigures[]> {
  const fit = all.some(({ split }) => split === FIT) ? all.filter(({ split }) => split === FIT) : rows;
  const methods = [
    [overlapScores(fit), overlapScores(rows)],
    [await cosineScores(fit, embedder), await cosineScores(rows, embedder)],
  ] as const;
  return methods.map(([fitted, own]) => {
    const threshold = bestThreshold(fitted.scores, fit.map(isUnsupported));
    const judged = rows.map((row, at) => ({ row, isFound: (own.scores[at] ?? 0) < threshold }));
    return figuresOf(`${own.name} under ${threshold.toFixed(2)}`, judged);
  });
}

function swapFigures(judged: readonly { row: CritiqueRow; found: Support }[]): CritiqueEvaluation['swaps'] {
  const keys = [...new Set(judged.map(({ row }) => `${row.label}\n${row.swap}`))].sort();
  return keys.map((key) => {
    const [label = '', swap = ''] = key.split('\n');
    const own = judged.filter(({ row }) => row.label === label && row.swap === swap);
    const right = own.filter(({ row, found }) => (found === 'unsupported') === isUnsupported(row)).length;
    return { swap, label, count: own.length, right: wilson(right, own.length) };
  });
}

function count(found: readonly Support[]): Record<Support, number> {
  const counts = { supported: 0, weak: 0, unsupported: 0, not_needed: 0 };
  for (const one of found) counts[one] += 1;
  return counts;
}

/** Drafts of the rows of one source, with all evidence of those rows; each is timed the first time it is seen. */
async function draftTimes(
  rows: readonly CritiqueRow[],
  check: DraftCheck,
  team: Team,
): Promise<Pick<CritiqueEvaluation, 'times' | 'processorTimes'>> {
  const bySource = new Map<string, CritiqueRow[]>();
  for (const row of rows) bySource.set(row.source, [...(bySource.get(row.source) ?? []), row]);
  const drafts = [...bySource.values()].flatMap((own) =>
    Array.from({ length: Math.ceil(own.length / DRAFT_SENTENCES) }, (_, at) =>
      own.slice(at * DRAFT_SENTENCES, (at + 1) * DRAFT_SENTENCES),
    ),
  );
  const timesMs: number[] = [];
  const processorMs: number[] = [];
  for (const [at, own] of [...drafts.slice(0, WARM_UP), ...drafts].entries()) {
    const texts = new Map(own.flatMap(({ passages }) => passages.map((passage) => [passage.text, passage])));
    const library = libraryOf({ passages: [...texts.values()], facts: own.flatMap(({ facts }) => facts) });
    const draft = draftOf(own.map(({ sentence }) => sentence));
    const [startedAt, usedBefore] = [performance.now(), process.cpuUsage()];
    await check({ draft, library, team, query: '', own: '', today: own[0]?.today ?? '' });
    if (at < Math.min(WARM_UP, drafts.length)) continue;
    timesMs.push(performance.now() - startedAt);
    const { user, system } = process.cpuUsage(usedBefore);
    processorMs.push((user + system) / MICROSECONDS);
  }
  return { times: spreadOf(timesMs), processorTimes: spreadOf(processorMs) };
}
