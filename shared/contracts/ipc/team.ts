import { z } from 'zod';

import { TeamStatus } from '../../domain/team-status.js';
import { defineRoute } from './define-route.js';

const address = z.string().trim().min(1).max(2000);

/** What the window may ask about the team of this computer. How it goes on, `team.status_changed` tells. */
export const teamRoutes = {
  'team.status': defineRoute({ input: z.void(), output: TeamStatus }),
  /** Host of the company's sign-in of a hub; null where it offers none. */
  'team.company_sign_in': defineRoute({
    input: z.object({ address }),
    output: z.object({ host: z.string().nullable() }),
  }),
  /** `address` may carry the code, as `https://hub.example.com#CODE`. */
  'team.join': defineRoute({ input: z.object({ address, code: z.string().max(200) }), output: z.void() }),
  /** Opens the system's browser, and is answered when the person came back from it. */
  'team.join_at_company': defineRoute({ input: z.object({ address }), output: z.void() }),
  'team.confirm': defineRoute({ input: z.void(), output: z.void() }),
  'team.cancel': defineRoute({ input: z.void(), output: z.void() }),
  /** Deletes the team's data on this computer. */
  'team.leave': defineRoute({ input: z.void(), output: z.void() }),
  'team.retry_now': defineRoute({ input: z.void(), output: z.void() }),
} as const;

export const teamEvents = { 'team.status_changed': z.object({ status: TeamStatus }) } as const;
