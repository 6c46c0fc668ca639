/** What a classifier said of one text. */
export interface ScopedAnswer {
  /** Whether any of the intents fits, as a person says. */
  readonly isInScope: boolean;
  /** Probability that any of them fits. */
  readonly inScope: number;
  readonly isRight: boolean;
}

export interface ScopeFigures {
  readonly threshold: number;
  /** In-scope texts that are kept and labelled rightly, of all in-scope texts. */
  readonly inScopeAccuracy: number;
  readonly outOfScopeRecall: number;
  readonly outOfScopePrecision: number;
}

/** Figures when texts under `threshold` are called out of scope (Larson et al., EMNLP 2019). */
export function scopeFigures(answers: readonly ScopedAnswer[], threshold: number): ScopeFigures {
  const inside = answers.filter(({ isInScope }) => isInScope);
  const outside = answers.filter(({ isInScope }) => !isInScope);
  const refused = answers.filter(({ inScope }) => inScope < threshold);
  const caught = refused.filter(({ isInScope }) => !isInScope).length;
  const right = inside.filter(({ inScope, isRight }) => inScope >= threshold && isRight).length;
  return {
    threshold,
    inScopeAccuracy: right / Math.max(1, inside.length),
    outOfScopeRecall: caught / Math.max(1, outside.length),
    outOfScopePrecision: caught / Math.max(1, refused.length),
  };
}

/** Chance that an in-scope text gets a higher `inScope` than an out-of-scope one, ties half (Mann and Whitney 1947); null without both. */
export function scopeAuroc(answers: readonly ScopedAnswer[]): number | null {
  const sorted = answers.toSorted((a, b) => a.inScope - b.inScope);
  const positives = answers.filter(({ isInScope }) => isInScope).length;
  const negatives = answers.length - positives;
  if (positives === 0 || negatives === 0) return null;
  let rankSum = 0;
  for (let start = 0; start < sorted.length;) {
    let end = start;
    while (end < sorted.length && sorted[end]?.inScope === sorted[start]?.inScope) end++;
    const meanRank = (start + 1 + end) / 2;
    rankSum += meanRank * sorted.slice(start, end).filter(({ isInScope }) => isInScope).length;
    start = end;
  }
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

const BINS = 15;

/** Expected calibration error over 15 equal bins (Guo et al., ICML 2017). */
export function calibrationError(
  answers: readonly { readonly probability: number; readonly isRight: boolean }[],
): number {
  let error = 0;
  for (let bin = 0; bin < BINS; bin++) {
    const inBin = answers.filter(
      ({ probability }) => Math.min(BINS - 1, Math.floor(probability * BINS)) === bin,
    );
    const right = inBin.filter(({ isRight }) => isRight).length;
    const said = inBin.reduce((sum, { probability }) => sum + probability, 0);
    error += Math.abs(right - said) / Math.max(1, answers.length);
  }
  return error;
}
