import type { EventPayload } from '../../../shared/contracts/ipc/index.js';
import type { StagePayload } from '../../../shared/contracts/ipc/suggestion.js';
import type { Suggestion } from '../../../shared/domain/suggestion.js';
import { assertNever } from '../../../shared/lib/assert-never.js';
import type { Card, RunEvent, RunProgress, StageProgress } from './card-state.js';

const WAITING: StageProgress = { status: 'waiting' };

/**
 * What a card becomes after one event of main. Pure.
 *
 * `suggestion.run_started` always wins: main starts a run only when it is the newest of its conversation. Every other
 * event counts only while its own run is the running one; otherwise the same card comes back, unchanged. A model run goes on
 * beside the suggestion that is shown and takes its place when it is ready, unless the rep has decided on it already.
 */
export function advanceCard(card: Card | undefined, event: RunEvent): Card | undefined {
  if (card?.kind === 'ready') {
    const beside = advanceBeside(card, event);
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
function advanceBeside(card: Extract<Card, { kind: 'ready' }>, event: RunEvent): Card | null {
  if (event.name === 'suggestion.run_started') {
    const { strategy, messageId } = event.payload;
    const follows = strategy === 'model' && messageId === card.suggestion.messageId;
    return follows ? { ...card, modelRun: freshRun(event.payload), modelEnd: null } : null;
  }
  const { modelRun } = card;
  if (event.name === 'suggestion.ready') {
    const { suggestion } = event.payload;
    const follows = suggestion.strategy === 'model' && suggestion.messageId === card.suggestion.messageId;
    if (!follows) return null;
    if (card.decision) return { ...card, modelRun: null };
    return readyCard(suggestion, null);
  }
  if (!modelRun || modelRun.runId !== runOf(event)) return null;
  switch (event.name) {
    case 'suggestion.stage_changed':
      return { ...card, modelRun: withStage(modelRun, event.payload) };
    case 'suggestion.draft_streamed':
      return { ...card, modelRun: withSentence(modelRun, event.payload) };
    case 'suggestion.model_ended':
      return { ...card, modelRun: null, modelEnd: event.payload.end };
    case 'suggestion.kept':
    case 'suggestion.cancelled':
    case 'suggestion.failed':
      return { ...card, modelRun: null };
    default:
      return assertNever(event, 'event');
  }
}

/** The card of a finished suggestion nothing was done with yet. */
export function readyCard(suggestion: Suggestion, shownAtMs: number | null): Card {
  return { kind: 'ready', suggestion, original: null, shownAtMs, decision: null };
}

function runOf(event: RunEvent): string {
  return 'suggestion' in event.payload ? event.payload.suggestion.runId : event.payload.runId;
}

function freshRun({ runId, messageId, variant }: EventPayload<'suggestion.run_started'>): RunProgress {
  return {
    runId,
    messageId,
    variant,
    stages: {
      intent: WAITING,
      retrieval: WAITING,
      tools: WAITING,
      drafting: WAITING,
      critique: WAITING,
      escalation: WAITING,
    },
    intent: null,
    evidence: null,
    toolCalls: null,
    revision: 0,
    sentences: [],
  };
}

function withStage(run: RunProgress, change: EventPayload<'suggestion.stage_changed'>): RunProgress {
  const progress: StageProgress =
    change.status === 'started'
      ? { status: 'started' }
      : { status: 'finished', durationMs: change.durationMs };
  const moved = { ...run, stages: { ...run.stages, [change.stage]: progress } };
  return change.payload ? withPayload(moved, change.payload) : moved;
}

function withPayload(run: RunProgress, payload: StagePayload): RunProgress {
  switch (payload.stage) {
    case 'intent':
      return { ...run, intent: payload.intent };
    case 'retrieval':
      return { ...run, evidence: payload.evidence };
    case 'tools':
      return { ...run, toolCalls: payload.toolCalls };
    case 'drafting':
      return payload.draft.revision < run.revision
        ? run
        : { ...run, revision: payload.draft.revision, sentences: payload.draft.sentences };
    case 'critique':
    case 'escalation':
      return run;
    default:
      return assertNever(payload, 'stage');
  }
}

/** A higher revision starts the text over; a sentence of a lower one came too late; a known id is replaced in place. */
function withSentence(run: RunProgress, streamed: EventPayload<'suggestion.draft_streamed'>): RunProgress {
  const { revision, sentence } = streamed;
  if (revision < run.revision) return run;
  if (revision > run.revision) return { ...run, revision, sentences: [sentence] };
  const isKnown = run.sentences.some(({ id }) => id === sentence.id);
  const sentences = isKnown
    ? run.sentences.map((known) => (known.id === sentence.id ? sentence : known))
    : [...run.sentences, sentence];
  return { ...run, sentences };
}
