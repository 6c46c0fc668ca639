import { z } from 'zod';

/** A customer's file whose text counts as what the customer said, because the rep chose so. Its text itself stays in main. */
export const UsedFile = z.object({
  messageId: z.string().min(1),
  attachmentId: z.string().min(1),
  /** As its writer called it. */
  name: z.string(),
  /** Null where the kind of file has no pages. */
  pages: z.int().positive().nullable(),
  /** True where only its beginning and its end fit. */
  wasCut: z.boolean(),
});
export type UsedFile = z.infer<typeof UsedFile>;
