import { randomUUID } from 'node:crypto';

import type { ReleaseChange } from '../../shared/contracts/hub/releases.js';
import type { RolloutState, RunningDevice } from '../../shared/contracts/hub/rollout.js';
import type { RolloutOutcome } from '../../shared/contracts/ipc/lead.js';
import { ReleaseManifest } from '../../shared/domain/release.js';
import type { Rollout } from '../../shared/domain/rollout.js';
import { hasCode, joinedHub, type HubNow } from './lead-hub.js';

const PAGE = 50;

/** The releases of the team and who runs which. */
export interface Rollouts {
  /** Newest first, a page at a time. */
  releases(before: number | null): Promise<ReleaseManifest[]>;
  /** `from` 0 is nothing at all. */
  compare(from: number, to: number): Promise<ReleaseChange[]>;
  /** Brings the content of a release back as a new one for everybody; asked again after a failure, it does so once. */
  restore(number: number, notes: string): Promise<{ number: number }>;
  read(): Promise<RolloutState & { running: RunningDevice[] }>;
  change(expectedRevision: number, rollout: Rollout): Promise<RolloutOutcome>;
}

export function createRollouts(hub: HubNow): Rollouts {
  /** Keys of attempts whose answer did not come, by what was asked. */
  const attempts = new Map<string, string>();
  const request: ReturnType<typeof joinedHub>['request'] = (name, call) => joinedHub(hub).request(name, call);
  return {
    async releases(before) {
      const query = { limit: PAGE, ...(before === null ? {} : { before }) };
      return (await request('releases.list', { query })).releases;
    },
    compare: async (from, to) =>
      (await request('releases.diff', { params: { number: to }, query: { from } })).changes,
    async restore(number, notes) {
      const asked = JSON.stringify([number, notes]);
      const idempotencyKey = attempts.get(asked) ?? randomUUID();
      attempts.set(asked, idempotencyKey);
      const body = { idempotencyKey, notes };
      const { signed } = await request('releases.restore', { params: { number }, body });
      attempts.delete(asked);
      return { number: ReleaseManifest.parse(JSON.parse(signed.manifest)).number };
    },
    async read() {
      const [state, { running }] = await Promise.all([request('rollout.read'), request('rollout.running')]);
      return { ...state, running };
    },
    async change(expectedRevision, rollout) {
      try {
        const state = await request('rollout.change', { body: { expectedRevision, rollout } });
        return { isChanged: true, state };
      } catch (cause) {
        if (!hasCode(cause, 'HUB_CONFLICT')) throw cause;
        return { isChanged: false, state: await request('rollout.read') };
      }
    },
  };
}
