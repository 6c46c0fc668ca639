import { z } from 'zod';

import { defineRoute } from './define-route.js';

/** Who can say where the rep is: the helpdesk's page inside the window, the browser's tab, the clipboard key, a link. */
export const ActiveSource = z.enum(['view', 'extension', 'shortcut', 'link']);
export type ActiveSource = z.infer<typeof ActiveSource>;

/** The conversation a source named last. `at` is when it said so, not when it was found. */
export const ActiveConversation = z.object({
  source: ActiveSource,
  conversationId: z.string().min(1),
  at: z.iso.datetime(),
});
export type ActiveConversation = z.infer<typeof ActiveConversation>;

/** Where the rep is, as the newest source that named a conversation says. */
export const ActiveState = z.object({
  /** Whether pages are followed by themselves; the clipboard key and links work without it. */
  isFollowing: z.boolean(),
  /** Null until a source named one. */
  active: ActiveConversation.nullable(),
});
export type ActiveState = z.infer<typeof ActiveState>;

export const activeRoutes = {
  'active.read': defineRoute({ input: z.void(), output: ActiveState }),
  /** Follows pages or leaves the rep where they are, until the app ends. */
  'active.follow': defineRoute({ input: z.object({ isOn: z.boolean() }), output: ActiveState }),
} as const;

export const activeEvents = {
  'active.changed': z.object({ state: ActiveState }),
} as const;
