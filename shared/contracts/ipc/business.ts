import { z } from 'zod';

import { BusinessReport, BusinessSystem } from '../../domain/business-system.js';
import { KeyPlace } from '../../domain/key-place.js';
import { defineRoute } from './define-route.js';

/** Which business systems are connected, as the panel shows it. */
export const BusinessView = z.object({
  systems: z.array(z.object({ system: BusinessSystem, secret: KeyPlace })),
  canStoreKeys: z.boolean(),
  /** Where orders come from now: a connected system, the demo's own shop, or nowhere. */
  source: z.enum(['system', 'demo', 'none']),
});
export type BusinessView = z.infer<typeof BusinessView>;

const Entered = z.object({ system: BusinessSystem, secret: z.string().max(4096).nullable() });

/** What the window may ask about business systems. */
export const businessRoutes = {
  'business.read': defineRoute({ input: z.void(), output: BusinessView }),
  /** Asks the system with what is entered; keeps nothing. A null secret uses the kept one. */
  'business.test': defineRoute({ input: Entered, output: BusinessReport }),
  /** Keeps it and uses it from the next look-up on. */
  'business.save': defineRoute({ input: Entered, output: BusinessView }),
  'business.remove': defineRoute({
    input: z.object({ id: z.string().min(1).max(40) }),
    output: BusinessView,
  }),
} as const;
