import { z } from 'zod';

import { Tokens } from '../../shared/contracts/hub/access.js';
import type { Membership } from '../sync/membership.js';
import type { TokenVault } from '../sync/session.js';

/** Where one secret is kept, and how well. */
export interface SecretPlace {
  read(): string | null;
  /** Durable when it returns; null removes it. @throws AppErrorException WORKSPACE_NOT_WRITABLE. */
  write(secret: string | null): void;
  isEncrypted(): boolean;
}

/**
 * The tokens together with whose they are: they and the membership are two files, and one may be written without the other. The hub's
 * address is no part of it, as the demo's hub may move.
 */
const OwnedTokens = Tokens.extend({
  exchangeKey: z.string().optional(),
  workspaceId: z.string(),
  memberId: z.string(),
});

/** The tokens of one membership as one secret; what cannot be read or belongs to another membership counts as none. */
export function createTokenVault(
  place: SecretPlace,
  { workspace, member }: Pick<Membership, 'workspace' | 'member'>,
): TokenVault {
  const owner = { workspaceId: workspace.id, memberId: member.id };
  return {
    read() {
      try {
        const { workspaceId, memberId, ...tokens } = OwnedTokens.parse(JSON.parse(place.read() ?? 'null'));
        const isOwn = workspaceId === owner.workspaceId && memberId === owner.memberId;
        return isOwn ? tokens : null;
      } catch {
        return null;
      }
    },
    write: (tokens) => place.write(tokens && JSON.stringify({ ...tokens, ...owner })),
  };
}
