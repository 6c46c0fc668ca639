import type { BodyOf } from '../../shared/contracts/hub/define-endpoint.js';
import type { ListingDelta, releaseEndpoints } from '../../shared/contracts/hub/releases.js';
import { ReleaseManifest, type SignedManifest } from '../../shared/domain/release.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import { canonicalJson } from '../../release/canonical-json.js';
import { applyDelta, rootOf, type Difference, type Listing } from '../../release/listing.js';
import { clearPublished } from '../drafts/draft-rows.js';
import { nameOf, type Principal } from '../http/principal.js';
import type { HubServices } from '../hub-services.js';
import { assignToAll } from '../rollout/rollout-rows.js';
import type { SegmentService } from '../segments/segment-service.js';
import type { Queries } from '../storage/hub-database.js';
import { lockWorkspace } from '../storage/lock-workspace.js';
import { changesBetween, differenceOf, listingAt, writeChanges } from './listing-store.js';
import { findByKey, getRelease, listReleases, newestNumber } from './release-rows.js';

export type Publication = BodyOf<(typeof releaseEndpoints)['releases.publish']>;

/** What a new release says of itself; the rest the hub finds out. */
type Told = Pick<ReleaseManifest, 'embedder' | 'chunks' | 'notes' | 'restores'>;

/** Makes releases: numbers without gaps, each signed, each all there or not at all. */
export class ReleaseService {
  readonly #services: HubServices;
  readonly #segments: SegmentService;

  constructor(services: HubServices, segments: SegmentService) {
    this.#services = services;
    this.#segments = segments;
  }

  /**
   * Publishes a delta on top of the newest release. A second request with the same key gets the same release.
   * @throws AppErrorException HUB_CONFLICT when somebody else published meanwhile, HUB_SEGMENT_MISSING, HUB_INVALID_REQUEST for a delta
   * that cannot be, RELEASE_NOTHING_TO_PUBLISH.
   */
  async publish(principal: Principal, publication: Publication): Promise<SignedManifest> {
    const { workspaceId } = principal;
    const { idempotencyKey, delta, embedder, chunks, notes, draftItems, assign } = publication;
    return this.#services.database.transaction(async (queries) => {
      await lockWorkspace(queries, workspaceId);
      const before = await findByKey(queries, workspaceId, idempotencyKey);
      if (before) return before.signed;
      const newest = await newestNumber(queries, workspaceId);
      if ((delta.from ?? 0) !== newest)
        throw new AppErrorException('HUB_CONFLICT', `release ${String(newest)} was published meanwhile`);
      await this.#refuseMissing(queries, workspaceId, delta);
      const current = await listingAt(queries, workspaceId, newest);
      const listing = applied(current, delta);
      if (newest > 0 && rootOf(listing) === rootOf(current))
        throw new AppErrorException('RELEASE_NOTHING_TO_PUBLISH');
      const told = { embedder, chunks, notes, restores: null };
      const signed = await this.#add(queries, principal, { idempotencyKey, listing, delta, told });
      await clearPublished(queries, workspaceId, draftItems);
      const number = newest + 1;
      if (assign) await assignToAll(queries, workspaceId, number);
      await this.#services.audit(queries, principal, 'release.published', {
        ...{ number, notes, isAssigned: assign },
        ...{ changed: delta.changed.length, removed: delta.removed.length },
      });
      await this.#services.announce(queries, workspaceId, { name: 'draft_changed' });
      await this.#services.announce(queries, workspaceId, { name: 'assignment_changed' });
      return signed;
    });
  }

  /** Brings back the content of an earlier release as a new one, and gives it to everybody. The draft stays as it is. */
  async restore(
    principal: Principal,
    restores: number,
    { idempotencyKey, notes }: { readonly idempotencyKey: string; readonly notes: string },
  ): Promise<SignedManifest> {
    const { workspaceId } = principal;
    return this.#services.database.transaction(async (queries) => {
      await lockWorkspace(queries, workspaceId);
      const before = await findByKey(queries, workspaceId, idempotencyKey);
      if (before) return before.signed;
      const { signed: old } = await getRelease(queries, workspaceId, restores);
      const { embedder, chunks } = ReleaseManifest.parse(JSON.parse(old.manifest));
      const newest = await newestNumber(queries, workspaceId);
      const delta = differenceOf(await changesBetween(queries, workspaceId, newest, restores));
      const listing = await listingAt(queries, workspaceId, restores);
      const told = { embedder, chunks, notes, restores };
      const signed = await this.#add(queries, principal, { idempotencyKey, listing, delta, told });
      await assignToAll(queries, workspaceId, newest + 1, 'whatever runs');
      await this.#services.audit(queries, principal, 'release.restored', {
        number: newest + 1,
        restores,
        notes,
      });
      await this.#services.announce(queries, workspaceId, { name: 'assignment_changed' });
      return signed;
    });
  }

  list(workspaceId: string, page: { readonly before?: number | undefined; readonly limit: number }) {
    return listReleases(this.#services.database, workspaceId, page);
  }

  /** A release with what its listing has that another has not. */
  async read(
    workspaceId: string,
    number: number,
    from: number | undefined,
  ): Promise<{ signed: SignedManifest; delta: ListingDelta }> {
    const { database } = this.#services;
    const { signed } = await getRelease(database, workspaceId, number);
    if (from !== undefined) await getRelease(database, workspaceId, from);
    return { signed, delta: await this.delta(database, workspaceId, from ?? null, number) };
  }

  /** The way from one release, or from nothing, to another. */
  async delta(queries: Queries, workspaceId: string, from: number | null, to: number): Promise<ListingDelta> {
    if (from === null)
      return { from, changed: [...(await listingAt(queries, workspaceId, to))], removed: [] };
    return { from, ...differenceOf(await changesBetween(queries, workspaceId, from, to)) };
  }

  async #add(
    queries: Queries,
    principal: Principal,
    made: {
      readonly idempotencyKey: string;
      readonly listing: Listing;
      readonly delta: Difference;
      readonly told: Told;
    },
  ): Promise<SignedManifest> {
    const { workspaceId } = principal;
    const { listing, told } = made;
    const number = (await newestNumber(queries, workspaceId)) + 1;
    const manifest = ReleaseManifest.parse({
      ...{ format: 1, workspaceId, number, createdBy: nameOf(principal) },
      createdAt: this.#services.now().toISOString(),
      ...told,
      articles: listing.filter(({ key }) => key.startsWith('article/')).length,
      segments: listing.length,
      bytes: listing.reduce((sum, { bytes }) => sum + bytes, 0),
      root: rootOf(listing),
    });
    const signed = await this.#services.signRelease(queries, workspaceId, canonicalJson(manifest));
    await queries.run(
      `INSERT INTO release (workspace_id, number, manifest, signature, key_id, root, idempotency_key)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [
        workspaceId,
        number,
        signed.manifest,
        signed.signature,
        signed.keyId,
        manifest.root,
        made.idempotencyKey,
      ],
    );
    await writeChanges(queries, workspaceId, number, made.delta);
    return signed;
  }

  async #refuseMissing(queries: Queries, workspaceId: string, { changed }: Difference): Promise<void> {
    const sizes = await this.#segments.sizes(
      queries,
      workspaceId,
      changed.map(({ hash }) => hash),
    );
    const missing = changed.find(({ hash }) => !sizes.has(hash));
    if (missing) throw new AppErrorException('HUB_SEGMENT_MISSING', missing.key);
    const wrong = changed.find(({ hash, bytes }) => sizes.get(hash) !== bytes);
    if (wrong) throw new AppErrorException('HUB_INVALID_REQUEST', `${wrong.key} has another size`);
  }
}

function applied(listing: Listing, delta: Difference): Listing {
  try {
    return applyDelta(listing, delta);
  } catch (cause) {
    if (!(cause instanceof AppErrorException)) throw cause;
    throw new AppErrorException('HUB_INVALID_REQUEST', cause.error.detail);
  }
}
