import { z } from 'zod';

/**
 * A program on the reps' computers that offers tools over MCP and that the team allows to be started; nothing else is. Found on the computer it runs
 * on: a release brings the line, never the program.
 */
export const ToolServer = z.object({
  /** What a rep enters to use it: `files`. */
  name: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  title: z.string().min(1).max(80),
  /** Started as it is, without a shell. */
  command: z.string().min(1).max(1000),
  args: z.array(z.string().max(1000)).max(50).default([]),
  /** Names of environment variables it is given besides those every program needs; their values are those of the rep's computer. */
  env: z
    .array(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/))
    .max(20)
    .default([]),
  /** The environment variable that holds the secret the rep enters; left out, it gets none. */
  secretIn: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/)
    .optional(),
});
export type ToolServer = z.infer<typeof ToolServer>;
