import type { DraftContent, DraftItem } from '../../shared/domain/draft-item.js';
import { keyOf } from '../../shared/domain/item-key.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import { decodeItem } from '../../release/team-segments.js';
import type { Principal } from '../http/principal.js';
import type { HubServices } from '../hub-services.js';
import { entryAt } from '../releases/listing-store.js';
import { newestNumber } from '../releases/release-rows.js';
import type { SegmentService } from '../segments/segment-service.js';
import type { Queries } from '../storage/hub-database.js';
import { lockWorkspace } from '../storage/lock-workspace.js';
import { closeItem, findItem, openItems, putItem, type DraftRow } from './draft-rows.js';

/** An item as it would be published now. */
export interface ItemNow {
  readonly revision: number;
  readonly isEdited: boolean;
  readonly content: DraftContent | null;
}

/** What leads prepare: edits over the newest release, item by item. Nobody's edit is ever overwritten unseen. */
export class DraftService {
  readonly #services: HubServices;
  readonly #segments: SegmentService;

  constructor(services: HubServices, segments: SegmentService) {
    this.#services = services;
    this.#segments = segments;
  }

  async list(workspaceId: string): Promise<DraftItem[]> {
    const rows = await openItems(this.#services.database, workspaceId);
    return rows.map(({ isOpen: _, ...item }) => item);
  }

  async read(workspaceId: string, key: string): Promise<ItemNow> {
    return this.#now(workspaceId, key);
  }

  /**
   * Adds, edits or retires (null content) an item.
   * @throws AppErrorException HUB_CONFLICT, which says who edited it and when, for an item edited since `expectedRevision`;
   * HUB_INVALID_REQUEST for content that is not what its key says or names what there is not.
   */
  async edit(
    principal: Principal,
    { key, expectedRevision, content }: Pick<DraftItem, 'key' | 'content'> & { expectedRevision: number },
  ): Promise<DraftItem> {
    const { workspaceId, actor } = principal;
    if (content && keyOf(content) !== key)
      throw new AppErrorException('HUB_INVALID_REQUEST', `the content belongs to ${keyOf(content)}`);
    return this.#services.database.transaction(async (queries) => {
      await lockWorkspace(queries, workspaceId);
      const before = await this.#unchangedSince(queries, workspaceId, key, expectedRevision);
      if (content) await this.#refuseDangling(queries, workspaceId, content);
      else if (!(await this.#exists(queries, workspaceId, key)))
        throw new AppErrorException('HUB_NOT_FOUND', key);
      const item: DraftItem = {
        ...{ key, content, editedBy: actor },
        revision: (before?.revision ?? 0) + 1,
        editedAt: this.#services.now().toISOString(),
      };
      await putItem(queries, workspaceId, item);
      await this.#tell(queries, principal, content ? 'draft.edited' : 'draft.retired', item);
      return item;
    });
  }

  /** Drops an edit: the item is again what is published. */
  async discard(
    principal: Principal,
    { key, expectedRevision }: { readonly key: string; readonly expectedRevision: number },
  ): Promise<void> {
    const { workspaceId } = principal;
    await this.#services.database.transaction(async (queries) => {
      await lockWorkspace(queries, workspaceId);
      const before = await this.#unchangedSince(queries, workspaceId, key, expectedRevision);
      if (!before?.isOpen) throw new AppErrorException('HUB_NOT_FOUND', `no edit of ${key}`);
      await closeItem(queries, workspaceId, key);
      await this.#tell(queries, principal, 'draft.discarded', before);
    });
  }

  /** Reads no content: that may lie elsewhere, and a transaction waits for nothing else than its own database. */
  async #exists(queries: Queries, workspaceId: string, key: string): Promise<boolean> {
    const row = await findItem(queries, workspaceId, key);
    if (row?.isOpen) return row.content !== null;
    const newest = await newestNumber(queries, workspaceId);
    return (await entryAt(queries, workspaceId, newest, key)) !== null;
  }

  async #now(workspaceId: string, key: string): Promise<ItemNow> {
    const queries = this.#services.database;
    const row = await findItem(queries, workspaceId, key);
    const revision = row?.revision ?? 0;
    if (row?.isOpen) return { revision, isEdited: true, content: row.content };
    const newest = await newestNumber(queries, workspaceId);
    const entry = await entryAt(queries, workspaceId, newest, key);
    const content = entry && decodeItem(key, await this.#segments.content(workspaceId, entry.hash));
    return { revision, isEdited: false, content };
  }

  async #unchangedSince(
    queries: Queries,
    workspaceId: string,
    key: string,
    expectedRevision: number,
  ): Promise<DraftRow | null> {
    const row = await findItem(queries, workspaceId, key);
    if ((row?.revision ?? 0) === expectedRevision) return row;
    const { revision, editedBy, editedAt } = row ?? { revision: 0, editedBy: 'nobody', editedAt: 'never' };
    throw new AppErrorException('HUB_CONFLICT', `revision ${String(revision)} by ${editedBy} at ${editedAt}`);
  }

  /** A macro or an intent that names what there is not would fail on every rep's machine. */
  async #refuseDangling(queries: Queries, workspaceId: string, content: DraftContent): Promise<void> {
    const exists = (key: string): Promise<boolean> => this.#exists(queries, workspaceId, key);
    if (content.kind === 'macro')
      for (const intent of content.macro.intents)
        if (!(await exists(`intent/${intent}`)))
          throw new AppErrorException('HUB_INVALID_REQUEST', `the macro names the unknown intent ${intent}`);
    const macro = content.kind === 'intent' ? content.intent.macro : undefined;
    if (macro !== undefined && !(await exists(`macro/${macro}`)))
      throw new AppErrorException('HUB_INVALID_REQUEST', `the intent names the unknown macro ${macro}`);
  }

  async #tell(queries: Queries, principal: Principal, action: string, item: DraftItem): Promise<void> {
    await this.#services.audit(queries, principal, action, { key: item.key, revision: item.revision });
    await this.#services.announce(queries, principal.workspaceId, { name: 'draft_changed' });
  }
}
