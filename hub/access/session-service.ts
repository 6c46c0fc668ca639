import { z } from 'zod';

import type { accessEndpoints, Tokens } from '../../shared/contracts/hub/access.js';
import type { BodyOf } from '../../shared/contracts/hub/define-endpoint.js';
import { MemberState } from '../../shared/domain/member.js';
import { AppErrorException, type ErrorCode } from '../../shared/errors/app-error.js';
import type { HubServices } from '../hub-services.js';
import type { Principal } from '../http/principal.js';
import type { Queries } from '../storage/hub-database.js';
import { refuseInactive } from './authenticate.js';
import { hashSecret } from './secrets.js';
import { issuePair } from './token-pairs.js';

/** How long a refresh token may be sent again whose answer was lost on the way, without the key of that exchange. */
const GRACE_MS = 30_000;

const PairRow = z.object({
  workspace_id: z.string(),
  id: z.string(),
  session_id: z.string(),
  refresh_expires_at: z.date(),
  replaced_at: z.date().nullable(),
  successor_id: z.string().nullable(),
  is_same_exchange: z.boolean(),
  ended_at: z.date().nullable(),
});
const SessionRow = z.object({
  ended_at: z.date().nullable(),
  end_reason: z.string().nullable(),
  member_id: z.string(),
  name: z.string(),
  state: MemberState,
});

type Exchange = BodyOf<(typeof accessEndpoints)['access.refresh']>;

/** Sessions of devices: tokens that are used once and replaced, and their end. */
export class SessionService {
  readonly #services: HubServices;

  constructor(services: HubServices) {
    this.#services = services;
  }

  /**
   * Exchanges a refresh token for the next pair. A token that was exchanged before was copied by somebody, so the session ends;
   * except when its successor was never used, and it comes with the key of that exchange or within 30 s: then that answer was lost, and
   * the successor ends instead.
   * @throws AppErrorException HUB_NOT_SIGNED_IN, HUB_SESSION_REUSED, HUB_MEMBER_REVOKED, HUB_MEMBER_WIPED.
   */
  async refresh(exchange: Exchange): Promise<Tokens> {
    const result = await this.#services.database.transaction((queries) => this.#exchange(queries, exchange));
    if (typeof result === 'string') throw new AppErrorException(result);
    return result;
  }

  /** A code instead of an exception where the transaction must be kept all the same. */
  async #exchange(queries: Queries, { refreshToken, exchangeKey }: Exchange): Promise<Tokens | ErrorCode> {
    const now = this.#services.now();
    const hash = hashSecret(refreshToken);
    const keyHash = exchangeKey === undefined ? null : hashSecret(exchangeKey);
    const [found] = await queries.rows(
      z.object({ workspace_id: z.string(), session_id: z.string() }),
      'SELECT workspace_id, session_id FROM token_pair WHERE refresh_hash = $1',
      [hash],
    );
    if (!found) throw new AppErrorException('HUB_NOT_SIGNED_IN');
    const workspaceId = found.workspace_id;
    // All exchanges of a session wait for this row, so that two at once see each other's outcome.
    const [session] = await queries.rows(
      SessionRow,
      `SELECT s.ended_at, s.end_reason, s.member_id, m.name, m.state
       FROM session s JOIN member m ON m.workspace_id = s.workspace_id AND m.id = s.member_id
       WHERE s.workspace_id = $1 AND s.id = $2 FOR UPDATE OF s`,
      [workspaceId, found.session_id],
    );
    if (!session) throw new AppErrorException('HUB_NOT_SIGNED_IN');
    refuseInactive(session.state);
    if (session.ended_at) return session.end_reason === 'reused' ? 'HUB_SESSION_REUSED' : 'HUB_NOT_SIGNED_IN';
    const [pair] = await queries.rows(
      PairRow,
      `SELECT workspace_id, id, session_id, refresh_expires_at, replaced_at, successor_id, ended_at,
         coalesce(exchange_key_hash = $3::bytea, false) AS is_same_exchange
       FROM token_pair WHERE workspace_id = $1 AND refresh_hash = $2`,
      [workspaceId, hash, keyHash],
    );
    if (!pair || pair.refresh_expires_at <= now) return 'HUB_NOT_SIGNED_IN';
    if (pair.ended_at || (pair.replaced_at && !(await this.#endUnusedSuccessor(queries, pair, now)))) {
      await this.#endReused(queries, pair, session);
      return 'HUB_SESSION_REUSED';
    }
    const { pairId, tokens } = await issuePair(queries, now, workspaceId, pair.session_id);
    // The first time counts, or the grace could be drawn out for ever; so does the key of the first.
    await queries.run(
      `UPDATE token_pair SET successor_id = $4, replaced_at = coalesce(replaced_at, $3),
         exchange_key_hash = CASE WHEN replaced_at IS NULL THEN $5::bytea ELSE exchange_key_hash END
       WHERE workspace_id = $1 AND id = $2`,
      [workspaceId, pair.id, now.toISOString(), pairId, keyHash],
    );
    return tokens;
  }

  async #endUnusedSuccessor(queries: Queries, pair: z.infer<typeof PairRow>, now: Date): Promise<boolean> {
    if (!pair.replaced_at) return false;
    if (!pair.is_same_exchange && now.getTime() - pair.replaced_at.getTime() >= GRACE_MS) return false;
    const ended = await queries.run(
      `UPDATE token_pair SET ended_at = $3
       WHERE workspace_id = $1 AND id = $2 AND used_at IS NULL AND replaced_at IS NULL AND ended_at IS NULL`,
      [pair.workspace_id, pair.successor_id, now.toISOString()],
    );
    return ended === 1;
  }

  async #endReused(
    queries: Queries,
    pair: z.infer<typeof PairRow>,
    session: z.infer<typeof SessionRow>,
  ): Promise<void> {
    const { workspace_id: workspaceId, session_id } = pair;
    await queries.run(
      `UPDATE session SET ended_at = $3, end_reason = 'reused' WHERE workspace_id = $1 AND id = $2`,
      [workspaceId, session_id, this.#services.now().toISOString()],
    );
    const { member_id: memberId, name } = session;
    await this.#services.announce(queries, workspaceId, { name: 'member_changed', memberId });
    await this.#services.audit(queries, { workspaceId, actor: `${name} <${memberId}>` }, 'session.reused', {
      sessionId: session_id,
    });
  }

  /** Ends the session of the device that asks. The hub key has none. */
  async leave(principal: Principal): Promise<void> {
    const { workspaceId, sessionId, memberId } = principal;
    if (!sessionId || !memberId) return;
    await this.#services.database.transaction(async (queries) => {
      await queries.run(
        `UPDATE session SET ended_at = $3, end_reason = 'left'
         WHERE workspace_id = $1 AND id = $2 AND ended_at IS NULL`,
        [workspaceId, sessionId, this.#services.now().toISOString()],
      );
      await this.#services.announce(queries, workspaceId, { name: 'member_changed', memberId });
      await this.#services.audit(queries, principal, 'session.left', { sessionId });
    });
  }

  /**
   * Drops token pairs that expired a day ago or longer and that no device can hold any more: those that ended, and those whose successor
   * was used. What is left of a session tells a device that comes after a year what became of its member, so that a wipe reaches it.
   */
  async dropExpired(): Promise<number> {
    const until = new Date(this.#services.now().getTime() - 24 * 3600_000).toISOString();
    return this.#services.database.run(
      `DELETE FROM token_pair p WHERE p.refresh_expires_at < $1 AND (p.ended_at IS NOT NULL OR EXISTS (
         SELECT 1 FROM token_pair s WHERE s.workspace_id = p.workspace_id AND s.id = p.successor_id
           AND (s.used_at IS NOT NULL OR s.replaced_at IS NOT NULL)))`,
      [until],
    );
  }
}
