import { z } from 'zod';

import { canonicalJson } from '../../release/canonical-json.js';
import { AuditEntry } from '../../shared/domain/audit-entry.js';
import type { Principal } from '../http/principal.js';
import { hashOf } from './audit-hash.js';
import { bigint } from '../storage/columns.js';
import type { HubDatabase, Queries } from '../storage/hub-database.js';
import { lockWorkspace } from '../storage/lock-workspace.js';

/** What the first entry of a workspace follows. */
const NOTHING = '0'.repeat(64);
/** Entries read at a time while the chain is verified. */
const PAGE = 1000;

const Detail = z.record(z.string(), z.unknown());
const Row = z
  .object({
    sequence: bigint,
    at: z.string(),
    actor: z.string(),
    action: z.string(),
    detail: z.string(),
    previous_hash: z.string(),
    hash: z.string(),
  })
  .transform(({ previous_hash, detail, ...rest }): AuditEntry =>
    AuditEntry.parse({ ...rest, detail: Detail.parse(JSON.parse(detail)), previousHash: previous_hash }),
  );
const COLUMNS = 'sequence, at, actor, action, detail, previous_hash, hash';

/** The audit log of each workspace: a chain of hashes, so that a changed, removed or inserted entry shows. */
export class AuditService {
  readonly #database: HubDatabase;
  readonly #now: () => Date;

  constructor(database: HubDatabase, now: () => Date) {
    this.#database = database;
    this.#now = now;
  }

  /** Appends in the caller's transaction; entries of one workspace wait for each other until theirs is over. */
  async append(
    queries: Queries,
    principal: Pick<Principal, 'workspaceId' | 'actor'>,
    action: string,
    detail: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    const { workspaceId, actor } = principal;
    // The workspace's row stands for its chain: locking the newest entry would let two first entries in.
    await lockWorkspace(queries, workspaceId);
    const [last] = await queries.rows(
      Row,
      `SELECT ${COLUMNS} FROM audit_entry WHERE workspace_id = $1 ORDER BY sequence DESC LIMIT 1`,
      [workspaceId],
    );
    const detailText = canonicalJson(detail);
    const entry = {
      sequence: (last?.sequence ?? 0) + 1,
      at: this.#now().toISOString(),
      actor,
      action,
      detail: Detail.parse(JSON.parse(detailText)),
      previousHash: last?.hash ?? NOTHING,
    };
    await queries.run(
      `INSERT INTO audit_entry (workspace_id, ${COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        workspaceId,
        entry.sequence,
        entry.at,
        actor,
        action,
        detailText,
        entry.previousHash,
        hashOf(workspaceId, entry),
      ],
    );
  }

  /** @returns newest first. */
  async list(
    workspaceId: string,
    page: { before?: number | undefined; limit: number },
  ): Promise<AuditEntry[]> {
    return this.#database.rows(
      Row,
      `SELECT ${COLUMNS} FROM audit_entry
       WHERE workspace_id = $1 AND ($2::bigint IS NULL OR sequence < $2) ORDER BY sequence DESC LIMIT $3`,
      [workspaceId, page.before ?? null, page.limit],
    );
  }

  /** Reads the chain from its start. @returns the first entry that does not follow from the one before. */
  async verify(
    workspaceId: string,
  ): Promise<{ isWhole: boolean; entries: number; firstWrong: number | null }> {
    let last: Pick<AuditEntry, 'sequence' | 'hash'> = { sequence: 0, hash: NOTHING };
    for (;;) {
      const page = await this.#database.rows(
        Row,
        `SELECT ${COLUMNS} FROM audit_entry WHERE workspace_id = $1 AND sequence > $2 ORDER BY sequence LIMIT $3`,
        [workspaceId, last.sequence, PAGE],
      );
      for (const entry of page) {
        const follows = entry.sequence === last.sequence + 1 && entry.previousHash === last.hash;
        if (!follows || entry.hash !== hashOf(workspaceId, entry))
          return { isWhole: false, entries: last.sequence, firstWrong: last.sequence + 1 };
        last = entry;
      }
      if (page.length < PAGE) return { isWhole: true, entries: last.sequence, firstWrong: null };
    }
  }
}
