import type { EventPayload } from '../../../shared/contracts/ipc/index.js';
import type { StagePayload } from '../../../shared/contracts/ipc/suggestion.js';
import { assertNever } from '../../../shared/lib/assert-never.js';
import type { RunProgress, StageProgress } from './card-state.js';

const WAITING: StageProgress = { status: 'waiting' };

/** A run of which nothing is known but that it began. */
export function freshRun({ runId, messageId, variant }: EventPayload<'suggestion.run_started'>): RunProgress {
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

/** A stage began or ended, with what it brought. */
export function withStage(run: RunProgress, change: EventPayload<'suggestion.stage_changed'>): RunProgress {
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

/** A sentence came: a higher revision starts the text over, as does another model that took over midway; a sentence of a lower one came too late; a known id is replaced in place. */
export function withSentence(
  run: RunProgress,
  streamed: EventPayload<'suggestion.draft_streamed'>,
): RunProgress {
  const { revision, sentence, startsOver = false } = streamed;
  if (revision < run.revision) return run;
  if (revision > run.revision || startsOver) return { ...run, revision, sentences: [sentence] };
  const isKnown = run.sentences.some(({ id }) => id === sentence.id);
  const sentences = isKnown
    ? run.sentences.map((known) => (known.id === sentence.id ? sentence : known))
    : [...run.sentences, sentence];
  return { ...run, sentences };
}
