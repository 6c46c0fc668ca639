import { z } from 'zod';

import { defineRoute } from './define-route.js';

/** The helpdesk's own web app inside the window. */
export const ViewState = z.object({
  /** The helpdesk it shows; null while it is closed. */
  connectionId: z.string().nullable(),
  url: z.string(),
  isLoading: z.boolean(),
  /** Where the page wanted to go and may not: another origin. */
  blocked: z.string().nullable(),
  /** Where else it may go, because the rep allowed it: origins of sign-in pages. */
  allowed: z.array(z.string()),
  /** Why the page could not be loaded; empty while all is well. */
  problem: z.string(),
});
export type ViewState = z.infer<typeof ViewState>;

/**
 * What became of a text for the page: `already` where its field holds it, `no_editor` where no field has the focus, `other_conversation` where the
 * page shows another conversation or none. Only `inserted` changed the page.
 */
export const InsertOutcome = z.enum(['inserted', 'already', 'no_editor', 'other_conversation']);
export type InsertOutcome = z.infer<typeof InsertOutcome>;

const Text = z.string().min(1).max(200_000);
const Place = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });

/** What the window may ask about the embedded helpdesk. Nothing in the page is clicked or sent by any of it. */
export const viewRoutes = {
  /** Opens the web app of a connected helpdesk, at a page of it or at its start. */
  'view.open': defineRoute({
    input: z.object({ connectionId: z.string().min(1).max(60), url: z.string().max(4_000).nullable() }),
    output: ViewState,
  }),
  'view.close': defineRoute({ input: z.void(), output: ViewState }),
  /** Where it lies in the window, in CSS pixels; null hides it, as below a dialog. */
  'view.place': defineRoute({ input: z.object({ place: Place.nullable() }), output: z.void() }),
  /** Lets the page of this helpdesk go to the blocked origin, for sign-in; kept until it is taken back or the helpdesk removed. */
  'view.allow': defineRoute({ input: z.object({ origin: z.string().max(300) }), output: ViewState }),
  /** Takes back what was allowed for the helpdesk that is open. */
  'view.forget_allowed': defineRoute({ input: z.void(), output: ViewState }),
  /** Gives the keyboard to the page; F6 there gives it back. */
  'view.focus': defineRoute({ input: z.void(), output: z.void() }),
  'view.back': defineRoute({ input: z.void(), output: z.void() }),
  'view.reload': defineRoute({ input: z.void(), output: z.void() }),
  /** Puts the reply to a conversation into the field of the page that has the focus, unless that holds one of the texts named. */
  'view.insert': defineRoute({
    input: z.object({
      conversationId: z.string().min(1).max(300),
      text: Text,
      unlessHeld: z.array(Text).max(4).default([]),
    }),
    output: z.object({ how: InsertOutcome }),
  }),
} as const;

export const viewEvents = {
  'view.changed': z.object({ state: ViewState }),
  /** The rep, whose cursor is in the page, pressed the key for the reply that is shown. */
  'view.insert_asked': z.object({}),
} as const;
