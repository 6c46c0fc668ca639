import type { ModelFailure, ModelRunEndCode } from '../../shared/domain/model-run.js';
import type { Suggestion } from '../../shared/domain/suggestion.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import {
  NO_MODEL,
  type ModelRunRequest,
  type RunRequest,
  type SuggestionGraph,
} from '../agents/suggestion-graph.js';

/** A graph that goes on when the test says so; the service around it is real. */
export function steppedGraph() {
  const runs: { request: RunRequest; finish: () => void; fail: (error: Error) => void }[] = [];
  const modelRuns: {
    request: ModelRunRequest;
    finish: () => void;
    end: (code: ModelRunEndCode) => void;
    fail: (error: Error) => void;
  }[] = [];
  const control: { obstacle: ModelFailure | null } = { obstacle: NO_MODEL };
  const graph: SuggestionGraph = {
    run: (request) =>
      new Promise((resolve, reject) => {
        runs.push({ request, finish: () => resolve(finished(request)), fail: reject });
        request.signal.addEventListener('abort', () => reject(new AppErrorException('SUGGESTION_CANCELLED')));
      }),
    modelObstacle: () => control.obstacle,
    runModel: (request) =>
      new Promise((resolve, reject) => {
        const suggestion = { ...finished(request), strategy: 'model' as const };
        modelRuns.push({
          request,
          finish: () => resolve({ ok: true, suggestion }),
          end: (code) =>
            resolve({ ok: false, suggestion, end: { code, message: 'It ended.', canRetry: true } }),
          fail: reject,
        });
        request.signal.addEventListener('abort', () => reject(new AppErrorException('SUGGESTION_CANCELLED')));
      }),
  };
  return { graph, runs, modelRuns, control };
}

export function finished({ runId, conversation }: Pick<RunRequest, 'runId' | 'conversation'>): Suggestion {
  return {
    runId,
    conversationId: conversation.id,
    messageId: conversation.messages.at(-1)?.id ?? '',
    createdAt: new Date().toISOString(),
    variant: 'standard',
    strategy: 'local',
    modelUse: [],
    promptVersions: {},
    intent: {
      label: null,
      name: 'Unclear',
      confidence: 'low',
      probability: 0,
      candidates: [],
      sentiment: 'neutral',
      anger: 0,
      urgency: 'normal',
      reasonWords: [],
      language: 'en',
      messageLanguages: [],
      entities: [],
      escalation: null,
      query: conversation.messages.map((message) => message.text).join(' '),
    },
    evidence: [],
    similarCases: [],
    toolCalls: [],
    proposals: [],
    warnings: [],
    degradations: [],
    timings: [],
    totalMs: 1,
    outcome: 'withheld',
    reason: 'no_evidence',
    message: 'Nothing found.',
    question: null,
  };
}
