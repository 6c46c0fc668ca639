import { scoreText, trainMixedModel, type LabelledText } from './mixed-model.js';
import { createScopeReference, scopeFeatures } from './scope-features.js';
import type { ScopeSample } from './scope-calibrator.js';

/** A text the classifier learns from. Intent names and descriptions are `isAlwaysLearned`: no fold tests them. */
export interface TrainingText extends LabelledText {
  readonly text: string;
  readonly isAlwaysLearned: boolean;
}

/** What a model that never saw the text says of it. */
export interface HeldOutResult extends ScopeSample {
  readonly text: string;
  readonly label: number;
  /** Per intent, before calibration. */
  readonly probabilities: Float64Array;
}

const FOLDS = 4;

/**
 * Tests every example once with a model trained on the others, each intent spread evenly over {@link FOLDS} folds:
 * calibration and figures must come from texts the model has not seen.
 */
export async function crossValidate(
  texts: readonly TrainingText[],
  intents: number,
  pause: () => Promise<void>,
): Promise<HeldOutResult[]> {
  const foldOf = assignFolds(texts);
  const results: HeldOutResult[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const held = texts.filter((_, i) => foldOf[i] === fold);
    if (held.length === 0) continue;
    const learned = texts.filter((_, i) => foldOf[i] !== fold);
    const model = await trainMixedModel(learned, intents, pause);
    const reference = createScopeReference(learned, intents);
    for (const example of held) {
      await pause();
      const scores = scoreText(model, example);
      results.push({
        text: example.text,
        label: example.label,
        probabilities: scores.probabilities,
        features: scopeFeatures(reference, example.text, example, scores),
        isInScope: example.label < intents,
      });
    }
  }
  return results;
}

/** -1 stands for "always learned from". */
function assignFolds(texts: readonly TrainingText[]): number[] {
  const seen = new Map<number, number>();
  return texts.map(({ label, isAlwaysLearned }) => {
    if (isAlwaysLearned) return -1;
    const at = seen.get(label) ?? 0;
    seen.set(label, at + 1);
    return at % FOLDS;
  });
}
