import { z } from 'zod';

import { EgressDetail, EgressEntry, EgressKind, EgressToday } from '../../domain/egress-entry.js';
import { PrivacySettings, TeamPrivacy } from '../../domain/personal-data.js';
import { AppError } from '../../errors/app-error.js';
import { defineRoute } from './define-route.js';

/** What the ledger is narrowed to. */
export const LedgerFilter = z.object({
  kind: EgressKind.optional(),
  host: z.string().max(300).optional(),
  conversationId: z.string().max(300).optional(),
});
export type LedgerFilter = z.infer<typeof LedgerFilter>;

/** What may leave, and what did so far. */
export const PrivacyView = z.object({
  /** In force: the stricter of the rep's choice and the team's. */
  settings: PrivacySettings,
  own: PrivacySettings,
  /** The least the team asks for; null where it leaves it to the rep. */
  team: TeamPrivacy.nullable(),
  /** Why the settings cannot be read; nothing leaves then. */
  problem: AppError.nullable(),
  today: EgressToday,
  /** In the whole ledger. */
  totals: z.object({ entries: z.int().nonnegative(), bytes: z.int().nonnegative() }),
  /** Everybody something was sent to. */
  hosts: z.array(z.string()),
});
export type PrivacyView = z.infer<typeof PrivacyView>;

/** What the window may ask about what leaves this computer. That something left, `privacy.changed` tells. */
export const privacyRoutes = {
  'privacy.read': defineRoute({ input: z.void(), output: PrivacyView }),
  'privacy.change': defineRoute({ input: PrivacySettings.partial().strict(), output: PrivacyView }),
  /** Newest first, a page at a time; `before` is the id of the last one that is known. */
  'privacy.list': defineRoute({
    input: z.object({ filter: LedgerFilter, before: z.int().positive().nullable() }),
    output: z.array(EgressEntry),
  }),
  'privacy.detail': defineRoute({ input: z.object({ id: z.int().positive() }), output: EgressDetail }),
  /** Removes all that left about a conversation; says how many requests that were. */
  'privacy.forget': defineRoute({
    input: z.object({ conversationId: z.string().min(1).max(300) }),
    output: z.object({ removed: z.int().nonnegative() }),
  }),
  /** Shows the system's own dialog and writes there; null when it was closed. */
  'privacy.export': defineRoute({
    input: z.void(),
    output: z.object({ path: z.string(), entries: z.int().nonnegative() }).nullable(),
  }),
} as const;

export const privacyEvents = { 'privacy.changed': z.object({ today: EgressToday }) } as const;
