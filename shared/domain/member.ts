import { z } from 'zod';

/** What a member may do: reps read releases and write their own feedback, leads publish and read feedback, operators keep members and keys. */
export const Role = z.enum(['rep', 'lead', 'operator']);
export type Role = z.infer<typeof Role>;

/** `revoked` may not come back with old tokens; `wiped` is told to delete its local store as well. */
export const MemberState = z.enum(['active', 'revoked', 'wiped']);
export type MemberState = z.infer<typeof MemberState>;

/** A person in one workspace of the hub. */
export const Member = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string().nullable(),
  role: Role,
  state: MemberState,
  createdAt: z.iso.datetime(),
  /** When one of its devices last asked the hub for something. */
  lastSeenAt: z.iso.datetime().nullable(),
});
export type Member = z.infer<typeof Member>;
