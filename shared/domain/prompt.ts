import { z } from 'zod';

import { PROMPTED } from './stages.js';

/** Instructions to a chat model, of a stage or of what a rep asks for beside a run; `version` rises with every change and travels into suggestions and feedback. */
export const Prompt = z.object({
  stage: z.enum(PROMPTED),
  version: z.int().positive(),
  text: z.string().max(100_000),
});
export type Prompt = z.infer<typeof Prompt>;
