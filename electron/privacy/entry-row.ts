import { EgressEntry } from '../../shared/domain/egress-entry.js';

/** A row of `egress` as the database gives it. */
export interface EntryRow {
  readonly id: number;
  readonly at: string;
  readonly kind: string;
  readonly task: string | null;
  readonly run_id: string | null;
  readonly conversation_id: string | null;
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly headers: string;
  readonly sha256: string;
  readonly body_bytes: number;
  readonly replaced: string;
  readonly kept: string;
  readonly state: string;
  readonly status: number | null;
  readonly answer_bytes: number;
  readonly duration_ms: number | null;
  readonly failure: string | null;
  readonly input_tokens: number | null;
  readonly output_tokens: number | null;
  readonly cost_micros: number | null;
}

export const entryOf = (row: EntryRow): EgressEntry =>
  EgressEntry.parse({
    ...{ id: row.id, at: row.at, kind: row.kind, task: row.task, method: row.method },
    ...{ runId: row.run_id, conversationId: row.conversation_id, host: row.host, path: row.path },
    bodyBytes: row.body_bytes,
    replaced: JSON.parse(row.replaced) as unknown,
    kept: JSON.parse(row.kept) as unknown,
    ...{ state: row.state, status: row.status, answerBytes: row.answer_bytes },
    ...{ durationMs: row.duration_ms, failure: row.failure },
    ...{ inputTokens: row.input_tokens, outputTokens: row.output_tokens, costMicros: row.cost_micros },
  });
