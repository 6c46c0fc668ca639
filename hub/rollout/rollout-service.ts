import type { AnswerOf, BodyOf } from '../../shared/contracts/hub/define-endpoint.js';
import type { rolloutEndpoints, RolloutState, RunningDevice } from '../../shared/contracts/hub/rollout.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import type { Principal } from '../http/principal.js';
import type { HubServices } from '../hub-services.js';
import { findRelease, getRelease, newestNumber } from '../releases/release-rows.js';
import type { ReleaseService } from '../releases/release-service.js';
import { lockWorkspace } from '../storage/lock-workspace.js';
import { assignedTo, releasesOf } from './assignment.js';
import { hasCanary, noteCanary, readRollout, runningDevices, writeRollout } from './rollout-rows.js';

type SyncCheck = (typeof rolloutEndpoints)['sync.check'];

/** Decides who runs which release, and tells each device its own. */
export class RolloutService {
  readonly #services: HubServices;
  readonly #releases: ReleaseService;

  constructor(services: HubServices, releases: ReleaseService) {
    this.#services = services;
    this.#releases = releases;
  }

  read(workspaceId: string): Promise<RolloutState> {
    return readRollout(this.#services.database, workspaceId);
  }

  running(workspaceId: string): Promise<RunningDevice[]> {
    return runningDevices(this.#services.database, workspaceId);
  }

  /** @throws AppErrorException HUB_CONFLICT when somebody changed it since `expectedRevision`, HUB_NOT_FOUND for an unknown release. */
  async change(
    principal: Principal,
    { expectedRevision, rollout }: BodyOf<(typeof rolloutEndpoints)['rollout.change']>,
  ): Promise<RolloutState> {
    const { workspaceId } = principal;
    return this.#services.database.transaction(async (queries) => {
      await lockWorkspace(queries, workspaceId);
      const before = await readRollout(queries, workspaceId);
      if (before.revision !== expectedRevision)
        throw new AppErrorException('HUB_CONFLICT', `the rollout is at revision ${String(before.revision)}`);
      for (const number of releasesOf(rollout)) await getRelease(queries, workspaceId, number);
      const state = { revision: before.revision + 1, rollout };
      await writeRollout(queries, workspaceId, state);
      await this.#services.audit(queries, principal, 'rollout.changed', {
        from: before.rollout,
        to: rollout,
      });
      await this.#services.announce(queries, workspaceId, { name: 'assignment_changed' });
      return state;
    });
  }

  /** What a device asks: the release it should run, and what it lacks for it. */
  async check(principal: Principal, asked: BodyOf<SyncCheck>): Promise<AnswerOf<SyncCheck>> {
    const { workspaceId, memberId } = principal;
    const { database } = this.#services;
    const { rollout } = await readRollout(database, workspaceId);
    // The hub's own key is nobody in particular.
    const member = memberId ?? workspaceId;
    const isKept =
      rollout.kind === 'canary' && (await hasCanary(database, workspaceId, rollout.canary, member));
    const number = assignedTo(rollout, member, isKept);
    if (memberId !== null) await this.#note(workspaceId, memberId, asked);
    const answer = {
      now: this.#services.now().toISOString(),
      newest: await newestNumber(database, workspaceId),
    };
    if (number === null) return { ...answer, assigned: null };
    if (rollout.kind === 'canary' && number === rollout.canary && !isKept)
      await noteCanary(database, workspaceId, number, member);
    const { signed, root } = await getRelease(database, workspaceId, number);
    const from = await this.#knownRelease(workspaceId, asked);
    const isThere = asked.release === number && asked.root === root;
    const delta = isThere ? null : await this.#releases.delta(database, workspaceId, from, number);
    return { ...answer, assigned: { signed, delta } };
  }

  /** The device's release where this hub has the same under that number: one restored from a backup may have another. */
  async #knownRelease(
    workspaceId: string,
    { release, root }: Pick<BodyOf<SyncCheck>, 'release' | 'root'>,
  ): Promise<number | null> {
    if (release === null) return null;
    const known = await findRelease(this.#services.database, workspaceId, release);
    return known?.root === root ? release : null;
  }

  async #note(workspaceId: string, memberId: string, asked: BodyOf<SyncCheck>): Promise<void> {
    await this.#services.database.run(
      `INSERT INTO member_release (workspace_id, member_id, release, app_version, seen_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (workspace_id, member_id) DO UPDATE
         SET release = EXCLUDED.release, app_version = EXCLUDED.app_version, seen_at = EXCLUDED.seen_at`,
      [workspaceId, memberId, asked.release, asked.appVersion, this.#services.now().toISOString()],
    );
  }
}
