/** One answer: how sure it was, and whether its first document is relevant. */
export interface SureAnswer {
  readonly confidence: number;
  readonly isRight: boolean;
}

/** Of the surest `coverage` of the answers this share is right. */
export interface CoveragePoint {
  readonly coverage: number;
  readonly precisionAt1: number;
  /** The lowest confidence among them. */
  readonly confidence: number;
}

const COVERAGES = [1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1];

/** Precision against coverage (El-Yaniv and Wiener, JMLR 2010): a confidence that means something makes it rise as less is answered. */
export function abstentionCurve(answers: readonly SureAnswer[]): CoveragePoint[] {
  const sorted = answers.toSorted((a, b) => b.confidence - a.confidence);
  return COVERAGES.flatMap((coverage) => {
    const kept = sorted.slice(0, Math.round(sorted.length * coverage));
    const last = kept.at(-1);
    if (!last) return [];
    return [
      {
        coverage,
        precisionAt1: kept.filter(({ isRight }) => isRight).length / kept.length,
        confidence: last.confidence,
      },
    ];
  });
}
