import { AppErrorException } from '../../shared/errors/app-error.js';
import { createHubClient } from '../sync/hub-client.js';
import type { Membership } from '../sync/membership.js';
import { createSession, type TokenVault } from '../sync/session.js';
import { EXCHANGE_LIMIT_MS } from './joined-team.js';

/** What the hub says of a membership that counts as ended here; null when it says nothing new. */
export type SecondLook =
  { readonly kind: 'wiped' } | { readonly kind: 'alive'; readonly membership: Membership };

/**
 * Asks the hub once about a membership that has ended: a member may be wiped after it was revoked. It may also be alive, when the app was
 * killed while a new invite was being taken.
 */
export async function lookForWipe(
  membership: Membership,
  vault: TokenVault,
  signal: AbortSignal,
): Promise<SecondLook | null> {
  const baseUrl = membership.hubUrl;
  const session = createSession(vault, createHubClient({ baseUrl, tokens: null }));
  try {
    const hub = createHubClient({ baseUrl, tokens: session });
    const { member, workspace } = await hub.request('access.me', {}, signal);
    const isSameTeam = member !== null && workspace.id === membership.workspace.id;
    return isSameTeam ? { kind: 'alive', membership: { ...membership, member, workspace } } : null;
  } catch (cause) {
    const isWiped = cause instanceof AppErrorException && cause.error.code === 'HUB_MEMBER_WIPED';
    return isWiped ? { kind: 'wiped' } : null;
  } finally {
    await session.close(EXCHANGE_LIMIT_MS);
  }
}
