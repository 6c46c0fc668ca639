import type { EventPayload } from '../../shared/contracts/ipc/index.js';
import type { suggestionEvents } from '../../shared/contracts/ipc/suggestion.js';
import type { RunEvent } from '../agents/suggestion-graph.js';

/** What the service tells: the events of the window's contract, by name. */
export type SuggestionEvent = {
  [N in keyof typeof suggestionEvents]: { readonly name: N; readonly payload: EventPayload<N> };
}[keyof typeof suggestionEvents];

export interface RunRef {
  readonly runId: string;
  readonly conversationId: string;
}

/** An event of the graph as the window hears it. */
export function windowEvent({ runId, conversationId }: RunRef, event: RunEvent): SuggestionEvent {
  switch (event.kind) {
    case 'stage_started':
      return {
        name: 'suggestion.stage_changed',
        payload: {
          runId,
          conversationId,
          stage: event.stage,
          status: 'started',
          durationMs: null,
          payload: null,
        },
      };
    case 'stage_finished': {
      const { stage, durationMs, payload } = event;
      return {
        name: 'suggestion.stage_changed',
        payload: { runId, conversationId, stage, status: 'finished', durationMs, payload },
      };
    }
    case 'draft_streamed': {
      const { revision, sentence, startsOver } = event;
      return {
        name: 'suggestion.draft_streamed',
        payload: { runId, conversationId, revision, sentence, ...(startsOver ? { startsOver } : {}) },
      };
    }
  }
}
