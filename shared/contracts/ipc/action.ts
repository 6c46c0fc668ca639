import { z } from 'zod';

import { Action, ActionField } from '../../domain/action.js';
import { ConversationRef } from './conversation.js';
import { defineRoute } from './define-route.js';

const ActionRef = z.object({ id: z.string().min(1).max(100) });
const Input = z.record(z.string().max(60), z.string().max(2000));

/** A change the team's systems can do, for the rep who starts one by hand. */
export const OfferedChange = z.object({
  tool: z.string(),
  /** The connected system it is made in. */
  systemId: z.string().optional(),
  title: z.string(),
  description: z.string(),
  fields: z.array(ActionField),
});
export type OfferedChange = z.infer<typeof OfferedChange>;

/** What the window may ask about changes in business systems. Those that decide fail with ACTION_* and change nothing then. */
export const actionRoutes = {
  /** Oldest first. */
  'action.list': defineRoute({ input: ConversationRef, output: z.array(Action) }),
  'action.offered': defineRoute({ input: z.void(), output: z.array(OfferedChange) }),
  /** Proposes a change by the rep's hand; nothing is done by it. */
  'action.start': defineRoute({
    input: ConversationRef.extend({
      tool: z.string().min(1).max(100),
      systemId: z.string().max(40).optional(),
      input: Input,
    }),
    output: z.array(Action),
  }),
  /** Other arguments; previewed and checked anew. */
  'action.edit': defineRoute({ input: ActionRef.extend({ input: Input }), output: Action }),
  /** Approves what was seen: `seenAt` is the `updatedAt` on the screen. Answers when it ended, or waits for a lead. */
  'action.approve': defineRoute({ input: ActionRef.extend({ seenAt: z.string() }), output: Action }),
  'action.refuse': defineRoute({ input: ActionRef.extend({ reason: z.string().max(500) }), output: Action }),
  /** Asks the system once more for what failed; never a second time for what was done. */
  'action.retry': defineRoute({ input: ActionRef, output: Action }),
  /** Reads back what is unclear. */
  'action.look_again': defineRoute({ input: ActionRef, output: Action }),
  /** The rep looked into the system, which cannot tell. */
  'action.settle': defineRoute({ input: ActionRef.extend({ wasDone: z.boolean() }), output: Action }),
} as const;

export const actionEvents = {
  /** An action changed, whoever changed it. */
  'action.changed': z.object({ action: Action }),
} as const;
