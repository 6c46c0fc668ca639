import { randomUUID } from 'node:crypto';

import type { Tokens } from '../../shared/contracts/hub/access.js';
import type { Queries } from '../storage/hub-database.js';
import { hashSecret, makeSecret } from './secrets.js';

const ACCESS_MS = 15 * 60_000;
const REFRESH_MS = 30 * 24 * 3600_000;

/** Begins a session of a device of a member. */
export async function startSession(
  queries: Queries,
  now: Date,
  member: { readonly workspaceId: string; readonly memberId: string },
  deviceName: string,
): Promise<Tokens> {
  const sessionId = randomUUID();
  await queries.run(
    'INSERT INTO session (workspace_id, id, member_id, device_name, created_at) VALUES ($1, $2, $3, $4, $5)',
    [member.workspaceId, sessionId, member.memberId, deviceName, now.toISOString()],
  );
  return (await issuePair(queries, now, member.workspaceId, sessionId)).tokens;
}

/** Makes a pair of tokens of a session; only their hashes are stored. */
export async function issuePair(
  queries: Queries,
  now: Date,
  workspaceId: string,
  sessionId: string,
): Promise<{ pairId: string; tokens: Tokens }> {
  const pairId = randomUUID();
  const accessToken = makeSecret('access');
  const refreshToken = makeSecret('refresh');
  const accessExpiresAt = new Date(now.getTime() + ACCESS_MS).toISOString();
  await queries.run(
    `INSERT INTO token_pair
       (workspace_id, id, session_id, access_hash, refresh_hash, access_expires_at, refresh_expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [
      workspaceId,
      pairId,
      sessionId,
      hashSecret(accessToken),
      hashSecret(refreshToken),
      accessExpiresAt,
      new Date(now.getTime() + REFRESH_MS).toISOString(),
    ],
  );
  return { pairId, tokens: { accessToken, accessExpiresAt, refreshToken } };
}
