import { z } from 'zod';

import { Citation } from './draft.js';
import { Span } from './evidence.js';

/** How well a sentence stands on its citations. Courtesies and questions state nothing: `not_needed`, unless something is wrong with them. */
export const Support = z.enum(['supported', 'weak', 'unsupported', 'not_needed']);
export type Support = z.infer<typeof Support>;

/** What was found wrong with a sentence or the whole draft. */
export const CritiqueIssueKind = z.enum([
  'number_not_in_source',
  'date_not_in_source',
  'name_not_in_source',
  'negation_differs',
  'low_coverage',
  'no_citation',
  'source_expired',
  'internal_text',
  'personal_data',
  'promise',
  'fact_of_other_customer',
  'off_question',
  'condition_differs',
  'sources_conflict',
  'unanswered_question',
  'advice',
  'blame',
  'competitor',
  'placeholder_left',
  'invented_link',
  'brand_rule',
  'guardrail',
  'judged_unsupported',
  'other_language',
]);
export type CritiqueIssueKind = z.infer<typeof CritiqueIssueKind>;

export const CritiqueIssue = z.object({
  kind: CritiqueIssueKind,
  /** For the rep, in one short sentence. */
  message: z.string(),
  /** The words of the sentence it is about; null where it is about the whole. */
  words: Span.nullable().default(null),
  /** The whole sentence as it would be right, where a machine can say it; empty to take the sentence out. */
  fix: z.string().nullable().default(null),
});
export type CritiqueIssue = z.infer<typeof CritiqueIssue>;

/** `original`: it is the translation of this sentence, which was checked. `back_translation`: a model says this is what it says. */
export const Through = z.object({ kind: z.enum(['original', 'back_translation']), text: z.string() });
export type Through = z.infer<typeof Through>;

export const SentenceCritique = z.object({
  sentenceId: z.string(),
  support: Support,
  issues: z.array(CritiqueIssue),
  /** The passage span or the tool fact that decides the verdict; null where there is none. */
  decidedBy: Citation.nullable().default(null),
  /** The sentence of another language it was judged by; left out where it was judged itself. */
  through: Through.optional(),
});
export type SentenceCritique = z.infer<typeof SentenceCritique>;

/** The verdict on a draft: `pass` shows it, `revise` writes it again without the bad sentences, `withhold` shows no reply. */
export const Critique = z.object({
  verdict: z.enum(['pass', 'revise', 'withhold']),
  sentences: z.array(SentenceCritique),
  issues: z.array(CritiqueIssue),
  /** Share of claims that are supported, 0 to 1 (1 when there are no claims). */
  groundedness: z.number().min(0).max(1),
});
export type Critique = z.infer<typeof Critique>;
