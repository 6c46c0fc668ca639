import { z } from 'zod';

import { ConnectionReport, HelpdeskConnection, HelpdeskState } from '../../domain/helpdesk.js';
import { KeyPlace } from '../../domain/key-place.js';
import { defineRoute } from './define-route.js';

/** Which helpdesks are connected, and how they are reached. A token never crosses towards the window. */
export const HelpdesksView = z.object({
  helpdesks: z.array(
    z.object({
      connection: HelpdeskConnection,
      token: KeyPlace,
      /** Null until it was asked for the first time. */
      state: HelpdeskState.nullable(),
    }),
  ),
  /** False where the system offers no encryption: an entered token is then kept for this run only. */
  canStoreKeys: z.boolean(),
});
export type HelpdesksView = z.infer<typeof HelpdesksView>;

/** A token just entered; null uses what is kept. */
const Token = z.string().min(1).max(4096).nullable();
const Entered = z.object({ connection: HelpdeskConnection, token: Token });

/** What the window may ask about helpdesks. */
export const helpdeskRoutes = {
  'helpdesk.read': defineRoute({ input: z.void(), output: HelpdesksView }),
  /** Asks the helpdesk who the token belongs to and for its newest conversation; nothing is kept. */
  'helpdesk.test': defineRoute({ input: Entered, output: ConnectionReport }),
  'helpdesk.save': defineRoute({ input: Entered, output: HelpdesksView }),
  /** Forgets the connection, its token and everything that was read from it on this computer. */
  'helpdesk.remove': defineRoute({ input: z.object({ id: z.string() }), output: HelpdesksView }),
  /** The conversation that a page's address or a number stands for, opened; null when it stands for none. */
  'helpdesk.find': defineRoute({
    input: z.object({ text: z.string().max(4000) }),
    output: z.object({ conversationId: z.string().nullable() }),
  }),
  /** Opens a copied thread as a conversation that is kept on this computer only. */
  'helpdesk.paste': defineRoute({
    input: z.object({ text: z.string().max(200_000).regex(/\S/u) }),
    output: z.object({ conversationId: z.string() }),
  }),
} as const;

export const helpdeskEvents = {
  /** A link or the key for the clipboard asks for the conversation this text stands for. */
  'helpdesk.asked': z.object({ text: z.string().max(200_000) }),
  'helpdesk.changed': HelpdesksView,
} as const;
