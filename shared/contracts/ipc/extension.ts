import { z } from 'zod';

import { defineRoute } from './define-route.js';

/** How the browser extension is connected. Its token never crosses towards the window. */
export const ExtensionView = z.object({
  /** `waiting` listens and was never paired; `failed` could not listen. */
  state: z.enum(['off', 'waiting', 'paired', 'failed']),
  /** Which extension of which browser it is, as the browser names it; null until one was paired. */
  origin: z.string().nullable(),
  /** When it last said something in this run. */
  heardAt: z.iso.datetime().nullable(),
  /** Another program had the port, so that the paired extension needs the code again. */
  hasMoved: z.boolean(),
  /** False where the system offers no encryption: the code then changes with every start. */
  isTokenKept: z.boolean(),
});
export type ExtensionView = z.infer<typeof ExtensionView>;

export const extensionRoutes = {
  'extension.read': defineRoute({ input: z.void(), output: ExtensionView }),
  /** Puts the pairing code onto the clipboard; false while nothing listens. */
  'extension.copy_code': defineRoute({ input: z.void(), output: z.object({ isCopied: z.boolean() }) }),
  /** The paired extension is not believed any more, and there is a new code. */
  'extension.forget': defineRoute({ input: z.void(), output: ExtensionView }),
} as const;

export const extensionEvents = {
  'extension.changed': z.object({ view: ExtensionView }),
} as const;
