import { z } from 'zod';

import { Span } from './evidence.js';

/** Where a sentence comes from: a passage, a fact of a tool call, or a macro the team vetted. */
export const Citation = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('evidence'), evidenceId: z.string(), span: Span }),
  z.object({ kind: z.literal('tool'), toolCallId: z.string(), factKey: z.string() }),
  z.object({ kind: z.literal('macro'), macroId: z.string(), title: z.string() }),
]);
export type Citation = z.infer<typeof Citation>;

/** `claim` states something and must be supported; `courtesy` (greeting, apology, closing) and `question` state nothing. */
export const SentenceRole = z.enum(['claim', 'courtesy', 'question']);
export type SentenceRole = z.infer<typeof SentenceRole>;

export const DraftSentence = z.object({
  /** `S1`, `S2`, ... in reading order. */
  id: z.string(),
  text: z.string().min(1),
  role: SentenceRole,
  citations: z.array(Citation),
  /** What stands before the sentence when the reply is written out: same line, new line, or new paragraph. */
  lead: z.enum(['space', 'line', 'paragraph']),
});
export type DraftSentence = z.infer<typeof DraftSentence>;

/** Which of the ways to answer this draft takes; the rep asks for the next one with "alternative". */
export const DraftVariant = z.enum(['standard', 'shorter', 'other_source']);
export type DraftVariant = z.infer<typeof DraftVariant>;

/** A reply ready to send, sentence by sentence. */
export const Draft = z.object({
  sentences: z.array(DraftSentence),
  variant: DraftVariant,
  /** 0 for the first draft, up to 2 after revisions by critique. */
  revision: z.int().min(0).max(2),
});
export type Draft = z.infer<typeof Draft>;
