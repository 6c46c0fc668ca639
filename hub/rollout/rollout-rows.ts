import { z } from 'zod';

import type { RolloutState, RunningDevice } from '../../shared/contracts/hub/rollout.js';
import { Rollout } from '../../shared/domain/rollout.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import { timestamp } from '../storage/columns.js';
import type { Queries } from '../storage/hub-database.js';

const Row = z
  .object({ revision: z.int(), rollout: z.string() })
  .transform(({ revision, rollout }): RolloutState => ({
    revision,
    rollout: Rollout.parse(JSON.parse(rollout)),
  }));

export async function readRollout(queries: Queries, workspaceId: string): Promise<RolloutState> {
  const [row] = await queries.rows(Row, 'SELECT revision, rollout FROM rollout WHERE workspace_id = $1', [
    workspaceId,
  ]);
  return row ?? { revision: 0, rollout: { kind: 'none' } };
}

export async function writeRollout(
  queries: Queries,
  workspaceId: string,
  { revision, rollout }: RolloutState,
): Promise<void> {
  await queries.run(
    `INSERT INTO rollout (workspace_id, revision, rollout) VALUES ($1, $2, $3)
     ON CONFLICT (workspace_id) DO UPDATE SET revision = EXCLUDED.revision, rollout = EXCLUDED.rollout`,
    [workspaceId, revision, JSON.stringify(rollout)],
  );
}

/**
 * Gives a release to everybody, in the transaction that makes it.
 * @throws AppErrorException HUB_CONFLICT when a canary or a comparison runs: a publication must not end it unseen. Rolling back may.
 */
export async function assignToAll(
  queries: Queries,
  workspaceId: string,
  release: number,
  over: 'all only' | 'whatever runs' = 'all only',
): Promise<void> {
  const { revision, rollout } = await readRollout(queries, workspaceId);
  if (over === 'all only' && (rollout.kind === 'canary' || rollout.kind === 'ab'))
    throw new AppErrorException(
      'HUB_CONFLICT',
      `a ${rollout.kind === 'ab' ? 'comparison' : 'canary'} runs: end it first, or publish without assigning`,
    );
  await writeRollout(queries, workspaceId, { revision: revision + 1, rollout: { kind: 'all', release } });
}

export async function hasCanary(
  queries: Queries,
  workspaceId: string,
  release: number,
  memberId: string,
): Promise<boolean> {
  const rows = await queries.rows(
    z.unknown(),
    'SELECT 1 FROM canary_member WHERE workspace_id = $1 AND release = $2 AND member_id = $3',
    [workspaceId, release, memberId],
  );
  return rows.length > 0;
}

export async function noteCanary(
  queries: Queries,
  workspaceId: string,
  release: number,
  memberId: string,
): Promise<void> {
  await queries.run(
    `INSERT INTO canary_member (workspace_id, release, member_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
    [workspaceId, release, memberId],
  );
}

const Running = z
  .object({ member_id: z.string(), release: z.int().nullable(), app_version: z.string(), seen_at: timestamp })
  .transform(({ member_id, release, app_version, seen_at }): RunningDevice => ({
    ...{ memberId: member_id, release, appVersion: app_version, seenAt: seen_at },
  }));

/** What members' devices run, those seen last first. */
export function runningDevices(queries: Queries, workspaceId: string): Promise<RunningDevice[]> {
  return queries.rows(
    Running,
    'SELECT member_id, release, app_version, seen_at FROM member_release WHERE workspace_id = $1 ORDER BY seen_at DESC',
    [workspaceId],
  );
}
