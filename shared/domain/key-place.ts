import { z } from 'zod';

/**
 * Whether there is a key for a service: none, one in an environment variable, one in the system's encrypted store, or one that
 * is forgotten when Cuecard ends.
 */
export const KeyPlace = z.enum(['none', 'environment', 'stored', 'this_run']);
export type KeyPlace = z.infer<typeof KeyPlace>;
