import type { Critique } from '../../../shared/domain/critique.js';
import type { DraftSentence } from '../../../shared/domain/draft.js';
import { draftText } from '../../../shared/domain/draft-text.js';
import type { Evidence } from '../../../shared/domain/evidence.js';
import type { Stage, Suggestion } from '../../../shared/domain/suggestion.js';
import { stageOrder, type Card, type ReadyCard, type RunProgress } from './card-state.js';

/** One stage as the strip shows it. `durationMs` adds up the passes of a stage that ran again. */
export interface StageRow {
  readonly stage: Stage;
  readonly state: 'waiting' | 'started' | 'finished' | 'skipped';
  readonly durationMs: number | null;
  /** How often the stage ran again after critique sent the draft back. */
  readonly revisions: number;
}

/** The stages of a run that is still going. */
export function runningStages({ stages }: RunProgress): readonly StageRow[] {
  return stageOrder.map((stage) => {
    const progress = stages[stage];
    const durationMs = progress.status === 'finished' ? progress.durationMs : null;
    return { stage, state: progress.status, durationMs, revisions: 0 };
  });
}

/** The stages of a finished run, each with its whole time. */
export function finishedStages({ timings }: Suggestion): readonly StageRow[] {
  return stageOrder.map((stage) => {
    const own = timings.filter((timing) => timing.stage === stage);
    if (own.length === 0) return { stage, state: 'skipped', durationMs: null, revisions: 0 };
    const durationMs = own.reduce((sum, timing) => sum + timing.durationMs, 0);
    return { stage, state: 'finished', durationMs, revisions: own.length - 1 };
  });
}

/** How many claims of a reply are supported, of how many: courtesies and questions claim nothing. */
export function groundedness(
  sentences: readonly DraftSentence[],
  critique: Critique,
): { readonly supported: number; readonly claims: number } {
  const support = new Map(critique.sentences.map(({ sentenceId, support: state }) => [sentenceId, state]));
  const claims = sentences.filter(({ role }) => role === 'claim');
  return {
    claims: claims.length,
    supported: claims.filter(({ id }) => support.get(id) === 'supported').length,
  };
}

/** The text a rep can insert from a suggestion: the reply, or the holding reply of a handover; null when there is none. */
export function insertableText(suggestion: Suggestion): string | null {
  switch (suggestion.outcome) {
    case 'reply':
      return draftText(suggestion.draft.sentences);
    case 'escalated':
      return suggestion.holdingReply ? draftText(suggestion.holdingReply.sentences) : null;
    case 'withheld':
      return null;
  }
}

/** The passages a card shows now, for a finished and for a running suggestion. */
export function evidenceOf(card: Card | null): readonly Evidence[] {
  if (card?.kind === 'ready') return card.suggestion.evidence;
  if (card?.kind === 'running') return card.run.evidence ?? [];
  return [];
}

/** The internal passages that the text a rep can insert stands on; a customer may not read what they say. */
export function internalSources(suggestion: Suggestion): readonly Evidence[] {
  const sentences =
    suggestion.outcome === 'reply'
      ? suggestion.draft.sentences
      : suggestion.outcome === 'escalated'
        ? (suggestion.holdingReply?.sentences ?? [])
        : [];
  const cited = new Set(
    sentences.flatMap(({ citations }) =>
      citations.map((citation) => (citation.kind === 'evidence' ? citation.evidenceId : null)),
    ),
  );
  return suggestion.evidence.filter(({ id, audience }) => audience === 'internal' && cited.has(id));
}

/** Whether what a model is writing is on screen in the place of the finished reply. */
export function showsModelText({ modelRun, isHeld, decision, original }: ReadyCard): boolean {
  return (
    modelRun !== null && modelRun.sentences.length > 0 && !isHeld && decision === null && original === null
  );
}
