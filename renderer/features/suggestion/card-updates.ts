import type { Suggestion } from '../../../shared/domain/suggestion.js';
import { assertNever } from '../../../shared/lib/assert-never.js';
import type { Card, ReadyCard, RunEvent } from './card-state.js';
import { freshRun, withSentence, withStage } from './run-progress.js';
import { asSuggested, versionOf } from './versions.js';

/**
 * What a card becomes after one event of main. Pure.
 *
 * `suggestion.run_started` always wins: main starts a run only when it is the newest of its conversation. Every other
 * event counts only while its own run is the running one; otherwise the same card comes back, unchanged. A model run goes on
 * beside the suggestion that is shown and takes its place when it is ready, unless the rep holds it or is at work in it.
 * @param isReading Whether the rep is in the reply just now: has words of it selected, or a verdict open.
 */
export function advanceCard(card: Card | undefined, event: RunEvent, isReading: boolean): Card | undefined {
  if (card?.kind === 'ready') {
    const beside = advanceBeside(card, event, isReading);
    if (beside) return beside;
  }
  if (event.name === 'suggestion.run_started')
    return event.payload.strategy === 'model' ? card : { kind: 'running', run: freshRun(event.payload) };
  if (card?.kind !== 'running' || card.run.runId !== runOf(event)) return card;
  const { run } = card;
  switch (event.name) {
    case 'suggestion.stage_changed':
      return { kind: 'running', run: withStage(run, event.payload) };
    case 'suggestion.draft_streamed':
      return { kind: 'running', run: withSentence(run, event.payload) };
    case 'suggestion.ready':
      return readyCard(event.payload.suggestion, null);
    case 'suggestion.cancelled':
      return { kind: 'cancelled', runId: run.runId };
    case 'suggestion.failed':
      return { kind: 'failed', runId: run.runId, error: event.payload.error };
    case 'suggestion.kept':
    case 'suggestion.model_ended':
      return card;
    default:
      return assertNever(event, 'event');
  }
}

/** What a model run does to the suggestion it follows; null for events of other runs. */
function advanceBeside(card: ReadyCard, event: RunEvent, isReading: boolean): Card | null {
  const isHeld = card.isHeld || card.decision !== null || card.original !== null || isReading;
  if (event.name === 'suggestion.run_started') {
    const { strategy, messageId } = event.payload;
    const follows = strategy === 'model' && messageId === card.suggestion.messageId;
    return follows ? { ...card, modelRun: freshRun(event.payload), modelEnd: null } : null;
  }
  const { modelRun } = card;
  if (!modelRun || modelRun.runId !== runOf(event)) return null;
  switch (event.name) {
    case 'suggestion.stage_changed':
      return { ...card, modelRun: withStage(modelRun, event.payload) };
    case 'suggestion.draft_streamed': {
      // Decided once, at the first sentence: a text that comes and goes could not be read.
      const isFirst = modelRun.sentences.length === 0;
      return {
        ...card,
        isHeld: isFirst ? isHeld : card.isHeld,
        modelRun: withSentence(modelRun, event.payload),
      };
    }
    case 'suggestion.ready': {
      const { suggestion } = event.payload;
      if (isHeld) return { ...card, isHeld, modelRun: null, other: asSuggested(suggestion) };
      return { ...readyCard(suggestion, null), other: versionOf(card) };
    }
    case 'suggestion.kept':
      return { ...card, modelRun: null, other: asSuggested(event.payload.suggestion) };
    case 'suggestion.model_ended':
      return { ...card, modelRun: null, modelEnd: event.payload.end };
    case 'suggestion.cancelled':
    case 'suggestion.failed':
      return { ...card, modelRun: null };
    default:
      return assertNever(event, 'event');
  }
}

/** The card of a finished suggestion nothing was done with yet. */
export function readyCard(suggestion: Suggestion, shownAtMs: number | null): ReadyCard {
  return {
    ...asSuggested(suggestion),
    ...{ kind: 'ready', shownAtMs, decision: null },
    ...{ modelRun: null, modelEnd: null, other: null, isHeld: false },
  };
}

function runOf(event: RunEvent): string {
  return 'suggestion' in event.payload ? event.payload.suggestion.runId : event.payload.runId;
}
