import type { CandidateRow } from '../store/candidate-reader.js';
import { chunkWords, pairsOf } from './chunk-words.js';
import { coverage } from './coverage.js';
import { letterLikeness, letterRunsOf } from './letters.js';
import type { AnalysedQuery } from './query.js';
import { isStopWord } from './stop-words.js';

/** What a passage's place is decided by; each 0 to 1. */
export const rankFeatures = [
  'coverage',
  'headings',
  'turnCoverage',
  'phrases',
  'titlePhrases',
  'titleWords',
  'titleLetters',
  'cosine',
  'lexicalRank',
  'denseRank',
] as const;
export type RankFeature = (typeof rankFeatures)[number];
export type RankFeatures = Readonly<Record<RankFeature, number>>;

/** One thing the customer said, as both searches were asked for it. */
export interface RankedTurn {
  readonly text: string;
  readonly weight: number;
  readonly query: AnalysedQuery;
  /** Chunk id to 1-based rank. */
  readonly lexicalRanks: ReadonlyMap<number, number>;
  readonly denseRanks: ReadonlyMap<number, number>;
  /** Best cosine of the turn and a passage; null without vectors. */
  readonly cosineOf: (chunkId: number) => number | null;
}

export interface FeatureInput {
  /** All turns as one query. */
  readonly whole: AnalysedQuery;
  /** Newest first. */
  readonly turns: readonly RankedTurn[];
  /** How rare a stem is in the articles. */
  readonly rarityOf: (stem: string) => number;
  /** Puts a mistyped word right. */
  readonly correct: (word: string) => string;
}

/** Features of one turn and one passage. */
const turnFeatures = ['turnCoverage', 'cosine', 'lexicalRank', 'denseRank'] as const;
type TurnFeatures = Readonly<Record<(typeof turnFeatures)[number], number>>;

/** The features of one passage before the turns are averaged. */
export interface MeasuredChunk {
  /** One for each turn, newest first. */
  readonly perTurn: readonly TurnFeatures[];
  readonly overall: Readonly<Record<Exclude<RankFeature, keyof TurnFeatures>, number>>;
}

/** A tenth place is worth half a first: deep enough to tell apart what a page of results tells apart. */
const RANK_DAMPING = 10;
/** So many common word pairs are as good as more. */
const ENOUGH_PAIRS = 6;

/**
 * Measures candidates against what was said. Coverage, cosines and ranks are measured turn by turn; the features of words look at all turns:
 * - `coverage`: which part of the telling words passage, headings and title hold;
 * - `headings`: the same of headings and title alone;
 * - `phrases`: how many pairs of neighbouring words the passage shares with the customer;
 * - `titlePhrases`, `titleWords`: which part of the title's pairs and words the customer said, rare ones weighing more;
 * - `titleLetters`: how alike title and turns are in their letters, for what is mistyped or misheard.
 */
export function measureCandidates(
  rows: readonly CandidateRow[],
  { whole, turns, rarityOf, correct }: FeatureInput,
): Map<number, MeasuredChunk> {
  const said = saidIn(turns, correct);
  const shares = sharesOf(turns);
  const titles = new Map(rows.map((row) => [row.title, chunkWords(row).title]));
  const likeness = letterLikeness([...titles.values()].map(({ letters }) => letters));
  const aboutTitle = new Map(
    Array.from(titles, ([title, words]) => [
      title,
      {
        titlePhrases: shareOf(words.pairs, said.pairs, (pair) => pairRarity(pair, rarityOf)),
        titleWords: shareOf(words.stems, said.stems, rarityOf),
        titleLetters: said.letters.reduce(
          (sum, letters, at) => sum + (shares[at] ?? 0) * likeness(letters, words.letters),
          0,
        ),
      },
    ]),
  );
  const noTitle = { titlePhrases: 0, titleWords: 0, titleLetters: 0 };
  return new Map(
    rows.map((row) => {
      const words = chunkWords(row);
      let common = 0;
      for (const pair of said.pairs) if (words.pairs.has(pair)) common++;
      return [
        row.id,
        {
          perTurn: turns.map((turn) => ({
            turnCoverage: coverage(turn.query.terms, words.all),
            cosine: Math.max(0, turn.cosineOf(row.id) ?? 0),
            lexicalRank: closeness(turn.lexicalRanks.get(row.id)),
            denseRank: closeness(turn.denseRanks.get(row.id)),
          })),
          overall: {
            coverage: coverage(whole.terms, words.all),
            headings: coverage(whole.terms, words.about),
            phrases: Math.min(1, common / ENOUGH_PAIRS),
            ...(aboutTitle.get(row.title) ?? noTitle),
          },
        },
      ];
    }),
  );
}

/** The features of a passage, or of an article with the best of its passages in each: other turns may be answered by others. */
export function featuresOfChunks(
  chunks: readonly MeasuredChunk[],
  turns: readonly Pick<RankedTurn, 'weight'>[],
): RankFeatures {
  const shares = sharesOf(turns);
  const features = Object.fromEntries(rankFeatures.map((name) => [name, 0])) as Record<RankFeature, number>;
  for (const name of turnFeatures) {
    for (const [at, share] of shares.entries())
      features[name] += share * Math.max(...chunks.map(({ perTurn }) => perTurn[at]?.[name] ?? 0));
  }
  for (const { overall } of chunks) {
    for (const [name, value] of Object.entries(overall) as [keyof typeof overall, number][])
      features[name] = Math.max(features[name], value);
  }
  return features;
}

function saidIn(turns: readonly RankedTurn[], correct: (word: string) => string) {
  const stems = new Set<string>();
  const pairs = new Set<string>();
  for (const { text, query } of turns) {
    for (const { stem, alternatives } of query.terms)
      for (const one of [stem, ...alternatives.map((alternative) => alternative.stem)]) stems.add(one);
    for (const pair of pairsOf(text, correct)) pairs.add(pair);
  }
  return { stems, pairs, letters: turns.map(({ text }) => letterRunsOf(text)) };
}

/** Which part of `all`, by weight, is among `said`. */
function shareOf(
  all: Iterable<string>,
  said: ReadonlySet<string>,
  weightOf: (one: string) => number,
): number {
  let whole = 0;
  let part = 0;
  for (const one of all) {
    const weight = weightOf(one);
    whole += weight;
    if (said.has(one)) part += weight;
  }
  return whole === 0 ? 0 : part / whole;
}

function pairRarity(pair: string, rarityOf: (stem: string) => number): number {
  return pair.split(' ').reduce((sum, stem) => sum + (isStopWord(stem) ? 0 : rarityOf(stem)), 0);
}

/** The weights of the turns as parts of 1. */
function sharesOf(turns: readonly Pick<RankedTurn, 'weight'>[]): number[] {
  const total = turns.reduce((sum, { weight }) => sum + weight, 0);
  return turns.map(({ weight }) => weight / total);
}

/** 1 for the first place, half for the eleventh, 0 for what was not found. */
function closeness(rank: number | undefined): number {
  return rank === undefined ? 0 : 1 / (1 + (rank - 1) / RANK_DAMPING);
}
