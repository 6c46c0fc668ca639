import type { ModelUsage } from '../../shared/domain/model-run.js';

/** An answer as a model gave it, before any form is parsed. */
export interface KeptAnswer {
  readonly text: string;
  readonly usage: ModelUsage;
}

/** Keeps answers by a digest of task, form, models, release, prompt, language and question. What may be kept is decided by whoever asks. */
export interface AnswerCache {
  find(digest: string): KeptAnswer | null;
  /** Never throws. */
  keep(digest: string, answer: KeptAnswer): void;
}
