import type { EgressEntry, EgressToday } from '../../shared/domain/egress-entry.js';
import type { ModelTask } from '../../shared/domain/model-run.js';
import type { Database } from '../storage/database.js';
import { entryOf, type EntryRow } from './entry-row.js';

/** A request that is about to leave. */
export interface NewEntry extends Pick<
  EgressEntry,
  'at' | 'kind' | 'task' | 'runId' | 'conversationId' | 'method' | 'host' | 'path' | 'replaced' | 'kept'
> {
  readonly headers: Readonly<Record<string, string>>;
  readonly sha256: string;
  readonly bodyBytes: number;
  readonly body: { readonly packing: 'none' | 'deflate'; readonly bytes: Buffer };
}

/** What an answer came to. */
export interface Ending extends Pick<EgressEntry, 'status' | 'answerBytes' | 'failure'> {
  readonly durationMs: number;
}

/** What a list of requests is narrowed to. */
export interface EntryFilter {
  readonly kind?: EgressEntry['kind'] | undefined;
  readonly host?: string | undefined;
  readonly conversationId?: string | undefined;
}

/** Requests in the database. Every method may throw what the database throws. */
export interface LedgerStore {
  add(entry: NewEntry): number;
  end(id: number, ending: Ending): void;
  /** Ends what began before `at` (ISO 8601) and has no answer: the app ended meanwhile. @returns how many. */
  closeOpen(at: string): number;
  /** Puts what a call used on its newest request that has none yet, an answered one first; false when there is none. */
  settle(runId: string, task: ModelTask, usage: Usage): boolean;
  /** Newest first, older than `before`. */
  list(filter: EntryFilter, before: number | null, limit: number): EgressEntry[];
  find(id: number): { entry: EgressEntry; headers: Record<string, string>; sha256: string } | null;
  body(id: number): { packing: string; bytes: Buffer } | null;
  hosts(): string[];
  /** Since a moment, ISO 8601. */
  since(at: string): EgressToday;
  totals(): { entries: number; bytes: number };
}

export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly costMicros: number | null;
}

const APP_ENDED = 'Cuecard ended before an answer came; the service may have charged for it.';

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);

export function createLedgerStore(database: Database): LedgerStore {
  const addEntry = database.prepare(
    `INSERT INTO egress (at, kind, task, run_id, conversation_id, method, host, path, headers, sha256, body_bytes, stored_bytes,
       replaced, kept, replaced_count, kept_count) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const addBody = database.prepare('INSERT INTO egress_body (entry_id, packing, bytes) VALUES (?, ?, ?)');
  const endEntry = database.prepare(
    'UPDATE egress SET state = ?, status = ?, answer_bytes = ?, duration_ms = ?, failure = ? WHERE id = ?',
  );
  const closeOpen = database.prepare(
    "UPDATE egress SET state = 'failed', failure = ? WHERE state = 'open' AND at < ?",
  );
  const unsettled = database.prepare(
    `SELECT id FROM egress WHERE run_id = ? AND task = ? AND input_tokens IS NULL
     ORDER BY (state = 'answered' AND status < 400) DESC, id DESC LIMIT 1`,
  );
  const settleEntry = database.prepare(
    'UPDATE egress SET input_tokens = ?, output_tokens = ?, cost_micros = ? WHERE id = ?',
  );
  const page = database.prepare(
    `SELECT * FROM egress WHERE id < ? AND (? IS NULL OR kind = ?) AND (? IS NULL OR host = ?)
       AND (? IS NULL OR conversation_id = ?) ORDER BY id DESC LIMIT ?`,
  );
  const one = database.prepare('SELECT * FROM egress WHERE id = ?');
  const bodyOf = database.prepare('SELECT packing, bytes FROM egress_body WHERE entry_id = ?');
  const hosts = database.prepare('SELECT DISTINCT host FROM egress ORDER BY host');
  const since = database.prepare(
    `SELECT COUNT(*) AS requests, COALESCE(SUM(replaced_count), 0) AS replaced, COALESCE(SUM(kept_count), 0) AS kept,
       COALESCE(SUM(cost_micros), 0) AS costMicros FROM egress WHERE at >= ?`,
  );
  const totals = database.prepare(
    'SELECT COUNT(*) AS entries, COALESCE(SUM(stored_bytes), 0) AS bytes FROM egress',
  );
  const addBoth = database.transaction((entry: NewEntry): number => {
    const { at, kind, task, runId, conversationId, method, host, path, headers, sha256, bodyBytes } = entry;
    const { body, replaced, kept } = entry;
    const { lastInsertRowid } = addEntry.run(
      ...[at, kind, task, runId, conversationId, method, host, path, JSON.stringify(headers), sha256],
      ...[bodyBytes, body.bytes.byteLength, JSON.stringify(replaced), JSON.stringify(kept)],
      ...[sum(replaced), sum(kept)],
    );
    addBody.run(Number(lastInsertRowid), body.packing, body.bytes);
    return Number(lastInsertRowid);
  });
  return {
    add: (entry) => addBoth.immediate(entry),
    end(id, { status, answerBytes, durationMs, failure }) {
      endEntry.run(failure === null ? 'answered' : 'failed', status, answerBytes, durationMs, failure, id);
    },
    closeOpen: (at) => closeOpen.run(APP_ENDED, at).changes,
    settle(runId, task, { inputTokens, outputTokens, costMicros }) {
      const row = unsettled.get(runId, task) as { id: number } | undefined;
      if (!row) return false;
      settleEntry.run(inputTokens, outputTokens, costMicros, row.id);
      return true;
    },
    list({ kind = null, host = null, conversationId = null }, before, limit) {
      const rows = page.all(
        ...[before ?? Number.MAX_SAFE_INTEGER, kind, kind, host, host],
        ...[conversationId, conversationId, limit],
      ) as EntryRow[];
      return rows.map(entryOf);
    },
    find(id) {
      const row = one.get(id) as EntryRow | undefined;
      if (!row) return null;
      const headers = JSON.parse(row.headers) as Record<string, string>;
      return { entry: entryOf(row), headers, sha256: row.sha256 };
    },
    body(id) {
      const row = bodyOf.get(id) as { packing: string; bytes: Buffer } | undefined;
      return row ? { packing: row.packing, bytes: Buffer.from(row.bytes) } : null;
    },
    hosts: () => (hosts.all() as { host: string }[]).map(({ host }) => host),
    since(at) {
      const row = since.get(at) as EgressToday;
      const { requests, replaced, kept, costMicros } = row;
      return { requests, replaced, kept, costMicros };
    },
    totals() {
      const { entries, bytes } = totals.get() as { entries: number; bytes: number };
      return { entries, bytes };
    },
  };
}
