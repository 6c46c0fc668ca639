import type { DraftSentence } from '../../../shared/domain/draft.js';
import { quantitiesOf } from '../text/quantities.js';
import { sentencesOf } from '../text/sentences.js';

/** Most sentences on one side that stand for one on the other. */
const MAX_JOINED = 2;
const SHARED_CITATION = 4;
const SHARED_ANCHOR = 1;
const SAME_ROLE = 1;
const LENGTH_WEIGHT = 1;
/** Joining or leaving out has to earn more than pairing. */
const JOINED = -1.5;
const LEFT_OUT = -2;
const ANCHOR =
  /https?:\/\/\S+|[\w.+-]+@[\w-]+\.[\w.-]+|(?<![\p{L}\p{N}])(?=[\p{L}\d-]*\d)\p{Lu}{1,5}-?\d[\p{L}\d]*|(?<=\S )\p{Lu}[\p{L}’'-]+/gu;

interface Step {
  readonly score: number;
  readonly before: number;
  readonly after: number;
}

/**
 * Which sentences of a reply each sentence of its translation stands for: in order, one to one where it can, two for one where sentences were split
 * or joined, none for one that came in. Decided by what travels unchanged (citations, numbers, codes, links, names), by role and by length: the
 * alignment of Gale and Church (Computational Linguistics, 1993) with anchors. Pure.
 * @returns for each sentence of `after` the places of its originals in `before`, in order.
 */
export function alignTranslation(
  before: readonly DraftSentence[],
  after: readonly DraftSentence[],
): readonly (readonly number[])[] {
  const best: Step[][] = Array.from({ length: before.length + 1 }, () => []);
  for (let i = 0; i <= before.length; i += 1)
    for (let j = 0; j <= after.length; j += 1) row(best, i)[j] = bestStep(best, before, after, i, j);
  const originals: number[][] = after.map(() => []);
  let [i, j] = [before.length, after.length];
  while (i > 0 || j > 0) {
    const step = row(best, i)[j];
    if (!step || (step.before === 0 && step.after === 0)) break;
    for (let at = j - step.after; at < j; at += 1)
      originals[at] = Array.from({ length: step.before }, (_, part) => i - step.before + part);
    i -= step.before;
    j -= step.after;
  }
  return originals;
}

function row(best: Step[][], at: number): Step[] {
  return best[at] ?? [];
}

const MOVES: readonly (readonly [number, number])[] = [
  [1, 1],
  [1, MAX_JOINED],
  [MAX_JOINED, 1],
  [1, 0],
  [0, 1],
];

function bestStep(
  best: Step[][],
  before: readonly DraftSentence[],
  after: readonly DraftSentence[],
  i: number,
  j: number,
): Step {
  let found: Step = { score: i === 0 && j === 0 ? 0 : Number.NEGATIVE_INFINITY, before: 0, after: 0 };
  for (const [own, other] of MOVES) {
    const from = i >= own && j >= other ? row(best, i - own)[j - other] : undefined;
    if (!from) continue;
    const score = from.score + worth(before.slice(i - own, i), after.slice(j - other, j));
    if (score > found.score) found = { score, before: own, after: other };
  }
  return found;
}

function worth(own: readonly DraftSentence[], other: readonly DraftSentence[]): number {
  if (own.length === 0 || other.length === 0) return LEFT_OUT;
  if (!canBeSplit(own, other)) return Number.NEGATIVE_INFINITY;
  const [a, b] = [citationsOf(own), citationsOf(other)];
  const [anchors, others] = [anchorsOf(own), anchorsOf(other)];
  const length = (all: readonly DraftSentence[]): number =>
    all.reduce((sum, { text }) => sum + text.length, 0);
  const [short = 0, long = 1] = [length(own), length(other)].sort((x, y) => x - y);
  const role = own.every(({ role: one }) => other.every(({ role: two }) => one === two)) ? SAME_ROLE : 0;
  const joined = own.length + other.length > 2 ? JOINED : 0;
  return (
    SHARED_CITATION * (shared(a, b) - difference(a, b)) +
    SHARED_ANCHOR * (shared(anchors, others) - 0.5 * difference(anchors, others)) +
    LENGTH_WEIGHT * (short / long) +
    role +
    joined
  );
}

/** One sentence becomes two when both carry its evidence on, or when it was two in one piece: what came in beside it is none of its halves. */
function canBeSplit(own: readonly DraftSentence[], other: readonly DraftSentence[]): boolean {
  const [first] = own;
  if (!first || other.length <= own.length) return true;
  if (first.citations.length === 0) return sentencesOf(first.text).length >= other.length;
  const cited = citationsOf(own);
  return other.every((one) => [...citationsOf([one])].some((citation) => cited.has(citation)));
}

function citationsOf(sentences: readonly DraftSentence[]): ReadonlySet<string> {
  return new Set(sentences.flatMap(({ citations }) => citations.map((one) => JSON.stringify(one))));
}

function anchorsOf(sentences: readonly DraftSentence[]): ReadonlySet<string> {
  const texts = sentences.map(({ text }) => text).join(' ');
  const digits = quantitiesOf(texts).filter(({ start, end }) => /\d/u.test(texts.slice(start, end)));
  return new Set([...(texts.match(ANCHOR) ?? []), ...digits.map(({ value }) => value)]);
}

function shared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  return [...a].filter((one) => b.has(one)).length;
}

/** 1 where each has something of its own and they share nothing. */
function difference(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  return a.size > 0 && b.size > 0 && shared(a, b) === 0 ? 1 : 0;
}
