import { AppErrorException, errorCodeOf } from '../../shared/errors/app-error.js';
import type { PendingMembership } from '../sync/join.js';
import type { MembershipFile } from '../sync/membership.js';
import { createTokenVault, type SecretPlace } from './token-vault.js';

/**
 * Keeps a membership that was confirmed, with its tokens. A kill between the two leaves tokens that are not those of the membership that is
 * there, which count as none.
 * @throws AppErrorException WORKSPACE_NOT_WRITABLE; what was kept before is there as it was.
 */
export function keepMembership(
  { joined, membership }: PendingMembership,
  place: SecretPlace,
  file: MembershipFile,
): void {
  const before = place.read();
  createTokenVault(place, membership).write(joined.tokens);
  try {
    file.write(membership);
  } catch (cause) {
    putBack(place, before);
    throw new AppErrorException('WORKSPACE_NOT_WRITABLE', errorCodeOf(cause), { cause });
  }
}

function putBack(place: SecretPlace, before: string | null): void {
  try {
    place.write(before);
  } catch {
    // Then they are as after a kill.
  }
}
