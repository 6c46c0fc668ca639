import { AppErrorException } from '../../../shared/errors/app-error.js';
import type { Logger } from '../../../shared/lib/logger.js';
import type { Classification, Correction, IntentClassifier } from '../../models/intent-classifier.js';
import { decideIntent, type IntentDecision } from './confidence.js';
import { needOf } from './ellipsis.js';

/** What to read a need from, in English or as good as. */
export interface NeedTexts {
  /** The newest need, resolved when it leaned on the one before. */
  readonly need: string;
  readonly subject: string | null;
  /** The need of the turn before, when the newest one may be a complaint about the same thing. */
  readonly earlierNeed: string | null;
}

export interface RecognisedNeed {
  readonly decision: IntentDecision;
  /** The need of the turn before, when only together with it the newest one could be read. */
  readonly leansOn: string | null;
  /** Typing errors the classifier put right. */
  readonly corrections: readonly Correction[];
  /** Why the classifier could not answer; null when it did. */
  readonly failure: string | null;
}

/** Below this an earlier turn is asked as well. */
const UNSURE = 0.45;

/**
 * Asks the classifier what the customer wants. A turn that is unclear alone is read together with its subject line, or, when it asks nothing
 * ("this is the third time I write!"), with the turn before it; the clearer reading wins.
 * @throws AppErrorException SUGGESTION_CANCELLED when the signal aborts; every other failure is told in the result.
 */
export async function recogniseNeed(
  texts: NeedTexts,
  classifier: IntentClassifier,
  log: Logger,
  signal: AbortSignal,
): Promise<RecognisedNeed> {
  const { need, subject, earlierNeed } = texts;
  try {
    const read = await ask(need, classifier, signal);
    const alone = decideIntent(read);
    const corrections = read?.corrections ?? [];
    const before = subject ?? (need.includes('?') ? null : earlierNeed);
    if (alone.probability >= UNSURE || before === null)
      return { decision: alone, leansOn: null, corrections, failure: null };
    const together = decideIntent(await ask(`${before}\n${need}`, classifier, signal));
    return together.probability > alone.probability
      ? { decision: together, leansOn: subject === null ? before : null, corrections, failure: null }
      : { decision: alone, leansOn: null, corrections, failure: null };
  } catch (error) {
    if (signal.aborted) throw new AppErrorException('SUGGESTION_CANCELLED', undefined, { cause: error });
    const code = error instanceof AppErrorException ? error.error.code : 'CLASSIFIER_FAILED';
    if (code === 'SUGGESTION_CANCELLED') throw error;
    log.warn('intent.classifier_failed', { code });
    return { decision: decideIntent(null), leansOn: null, corrections: [], failure: code };
  }
}

/** The label of an older turn, to see whether the newest one is about the same; null when unsure or when it cannot be told. */
export async function labelOf(
  text: string,
  classifier: IntentClassifier,
  signal: AbortSignal,
): Promise<string | null> {
  try {
    return decideIntent(await ask(needOf(text), classifier, signal)).label;
  } catch (error) {
    if (signal.aborted) throw new AppErrorException('SUGGESTION_CANCELLED', undefined, { cause: error });
    return null;
  }
}

async function ask(
  text: string,
  classifier: IntentClassifier,
  signal: AbortSignal,
): Promise<Classification | null> {
  return /\p{L}/u.test(text) ? classifier.classify(text, signal) : null;
}
