import type { Role } from '../../shared/domain/member.js';

/** Who a request comes from. A row of another workspace is never read or written for it. */
export interface Principal {
  readonly workspaceId: string;
  readonly role: Role;
  /** Null for the hub key. */
  readonly memberId: string | null;
  /** The session of the device; null for the hub key. */
  readonly sessionId: string | null;
  /** How the audit log names it: `Ada Lind <id>` or `hub key`. */
  readonly actor: string;
}

/** The actor without its id, for texts that reps read. */
export const nameOf = ({ actor }: Pick<Principal, 'actor'>): string => actor.replace(/ <[^>]*>$/, '');
