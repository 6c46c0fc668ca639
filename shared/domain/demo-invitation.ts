import { z } from 'zod';

/** What the demo's hub leaves in its folder for the app on the same computer, so that nobody has to type it. */
export const DemoInvitation = z.object({
  url: z.url(),
  workspaceId: z.uuid(),
  code: z.string(),
  /** The team's key, in the words the app would otherwise ask the person to compare. */
  words: z.array(z.string()),
});
export type DemoInvitation = z.infer<typeof DemoInvitation>;
