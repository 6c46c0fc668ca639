import { z } from 'zod';

import { STAGES } from './stages.js';

/** A stage's instructions to a chat model; `version` rises with every change and travels into suggestions and feedback. */
export const Prompt = z.object({
  stage: z.enum(STAGES),
  version: z.int().positive(),
  text: z.string().max(100_000),
});
export type Prompt = z.infer<typeof Prompt>;
