import { z } from 'zod';

/** A rule a lead writes: words or a pattern that a reply, or what a customer wrote, must not pass by unseen. */
export const GuardrailRule = z.object({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  title: z.string().min(1),
  /** `words` match in any case on word boundaries; `pattern` is a regular expression source. */
  match: z.enum(['words', 'pattern']),
  phrases: z.array(z.string().min(1)).min(1),
  appliesTo: z.enum(['reply', 'customer']),
  /** `block`: the sentence cannot be inserted by one key; `warn`: the rep is told. */
  effect: z.enum(['block', 'warn']),
  /** What the rep reads. */
  message: z.string().min(1),
});
export type GuardrailRule = z.infer<typeof GuardrailRule>;
