import { z } from 'zod';

import { Sha256 } from './release.js';

/** Who did what, in order. Each entry's hash covers the one before it, so that none can be changed or left out unseen. */
export const AuditEntry = z.object({
  sequence: z.int().positive(),
  at: z.iso.datetime(),
  /** Name and id of the member, or `hub key`. */
  actor: z.string(),
  /** For example `release.published`. */
  action: z.string(),
  detail: z.record(z.string(), z.unknown()),
  previousHash: Sha256,
  hash: Sha256,
});
export type AuditEntry = z.infer<typeof AuditEntry>;
