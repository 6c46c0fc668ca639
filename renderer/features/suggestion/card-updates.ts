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
 * event counts only while its own run is the running one; otherwise the same card comes back, unchanged.
 */
export function advanceCard(card: Card | undefined, event: RunEvent): Card | undefined {
  if (event.name === 'suggestion.run_started') return { kind: 'running', run: freshRun(event.payload) };
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
    default:
      return assertNever(event, 'event');
  }
}

/** The card of a finished suggestion nothing was done with yet. */
export function readyCard(suggestion: Suggestion, shownAtMs: number | null): Card {
  return { kind: 'ready', suggestion, original: null, shownAtMs, decision: null };
}

function runOf(event: RunEvent): string {
  return event.name === 'suggestion.ready' ? event.payload.suggestion.runId : event.payload.runId;
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
