/** What a text is and what it was taken for. */
export interface LabelPair {
  readonly expected: string;
  readonly found: string;
}

export interface LabelFigures {
  readonly label: string;
  readonly count: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** Shares are 0 to 1. */
export interface LabelReport {
  readonly count: number;
  readonly accuracy: number;
  /** Mean F1 over the labels the data has. */
  readonly macroF1: number;
  readonly labels: readonly LabelFigures[];
  /** Wrong pairs, most frequent first. */
  readonly confusions: readonly {
    readonly expected: string;
    readonly found: string;
    readonly count: number;
  }[];
}

/** Accuracy, macro F1, figures by label and what is taken for what. A label that is only ever found, never expected, has no figures. */
export function labelFigures(pairs: readonly LabelPair[]): LabelReport {
  const labels = [...new Set(pairs.map(({ expected }) => expected))].sort().map((label): LabelFigures => {
    const right = count(pairs, ({ expected, found }) => expected === label && found === label);
    const expected = count(pairs, (pair) => pair.expected === label);
    return {
      label,
      count: expected,
      ...rates(
        right,
        count(pairs, ({ found }) => found === label),
        expected,
      ),
    };
  });
  return {
    count: pairs.length,
    accuracy: share(
      count(pairs, ({ expected, found }) => expected === found),
      pairs.length,
    ),
    macroF1: share(
      labels.reduce((sum, { f1 }) => sum + f1, 0),
      labels.length,
    ),
    labels,
    confusions: confusionsOf(pairs),
  };
}

/** Precision, recall and F1 from how many were right, found and expected. */
export function rates(
  right: number,
  found: number,
  expected: number,
): { precision: number; recall: number; f1: number } {
  return {
    precision: share(right, found),
    recall: share(right, expected),
    f1: share(2 * right, found + expected),
  };
}

function confusionsOf(pairs: readonly LabelPair[]): LabelReport['confusions'] {
  const counts = new Map<string, { expected: string; found: string; count: number }>();
  for (const { expected, found } of pairs) {
    if (expected === found) continue;
    const key = `${expected}\n${found}`;
    const entry = counts.get(key) ?? { expected, found, count: 0 };
    entry.count += 1;
    counts.set(key, entry);
  }
  return [...counts.values()].sort((a, b) => b.count - a.count);
}

function count<T>(items: readonly T[], isCounted: (item: T) => boolean): number {
  return items.filter(isCounted).length;
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
