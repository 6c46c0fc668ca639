import { z } from 'zod';

import { AppError } from '../../errors/app-error.js';
import { defineRoute } from './define-route.js';

/** What a rep may set. `beside` keeps the window narrow next to the helpdesk; `full` shows the inbox too. */
export const Settings = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  layout: z.enum(['beside', 'full']),
  alwaysOnTop: z.boolean(),
  /** How many days a conversation no helpdesk lists any more is kept here for reading. */
  keptDays: z.int().min(1).max(365),
  /** Whether a key that works in every program opens the conversation whose address is on the clipboard. */
  clipboardShortcut: z.boolean(),
  /** Percent of the window's width the card has beside the helpdesk's own pages. */
  cardShare: z.int().min(25).max(60),
  /** Whether the paired browser extension may say which helpdesk page the rep looks at. */
  browserExtension: z.boolean(),
});
export type Settings = z.infer<typeof Settings>;

/** What the window may read and change about itself, and what it is running. */
export const settingsRoutes = {
  'settings.read': defineRoute({ input: z.void(), output: Settings }),
  'settings.update': defineRoute({ input: Settings.partial(), output: Settings }),
  'settings.about': defineRoute({
    input: z.void(),
    output: z.object({
      version: z.string(),
      electron: z.string(),
      teamName: z.string(),
      workspace: z.string(),
      /** Why the start used the bundled search model instead of the chosen one; null when all is well. */
      embedderProblem: AppError.nullable(),
      /** Whether what is kept of customers on this computer is encrypted, and what the rep is to be told of it. */
      storage: z.object({
        isEncrypted: z.boolean(),
        problem: AppError.nullable(),
        /** Folder of what could not be read at this or an earlier start; null where there is none. */
        aside: z.string().nullable(),
      }),
    }),
  }),
  'clipboard.write': defineRoute({ input: z.object({ text: z.string().max(200_000) }), output: z.void() }),
} as const;

export const settingsEvents = {
  'settings.changed': z.object({ settings: Settings }),
} as const;
