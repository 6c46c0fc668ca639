import { z } from 'zod';

import { AppError } from '../errors/app-error.js';
import { Role } from './member.js';
import { SyncStatus } from './sync-status.js';

/** Where the tokens lie: encrypted by the system, or in a file that only this user may read. */
export const TokenPlace = z.enum(['encrypted', 'file']);
export type TokenPlace = z.infer<typeof TokenPlace>;

const Membership = {
  /** Address of the hub. */
  hubUrl: z.string(),
  teamName: z.string(),
  memberName: z.string(),
  role: Role,
};

/** How this computer stands with a team. */
export const TeamStatus = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('not_joined') }),
  /** The hub let this computer in; the person compares the words before anything is kept. */
  z.object({
    kind: z.literal('to_confirm'),
    ...Membership,
    /** The team's key in eight words. */
    words: z.array(z.string()),
    /** The team whose data here gives way to this one; null where there is none. */
    replaces: z.string().nullable(),
  }),
  z.object({
    kind: z.literal('joined'),
    ...Membership,
    joinedAt: z.iso.datetime(),
    tokenPlace: TokenPlace,
    sync: SyncStatus,
  }),
  /** There is no way back but joining again. */
  z.object({
    kind: z.literal('ended'),
    hubUrl: z.string(),
    teamName: z.string(),
    endedAt: z.iso.datetime(),
    error: AppError,
    /** Whether the team's data on this computer was deleted. Of a member who was wiped it may be there for a while, as on a full disk. */
    isWiped: z.boolean(),
  }),
]);
export type TeamStatus = z.infer<typeof TeamStatus>;
