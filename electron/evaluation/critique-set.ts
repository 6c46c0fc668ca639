import { z } from 'zod';

import type { Draft } from '../../shared/domain/draft.js';
import type { Evidence } from '../../shared/domain/evidence.js';
import type { ToolCall } from '../../shared/domain/tool-call.js';
import type { Library } from '../agents/critique/cited-text.js';
import { readDataRows } from './data-rows.js';

const Passage = z.union([
  z.string(),
  z.object({ text: z.string(), validUntil: z.string().optional(), title: z.string().optional() }),
]);
const Row = z
  .object({
    evidence: z.union([Passage, z.array(Passage)]).default([]),
    facts: z.array(z.object({ label: z.string(), value: z.string() })).default([]),
    sentence: z.string().optional(),
    claim: z.string().optional(),
    original: z.string().optional(),
    language: z.string().optional(),
    label: z.union([z.string(), z.number(), z.boolean()]),
    swap: z.string().optional(),
    split: z.string().optional(),
    source: z.string().optional(),
    today: z.string().optional(),
  })
  .refine(({ sentence, claim }) => (sentence ?? claim) !== undefined, {
    path: ['sentence'],
    message: 'A row needs "evidence", "sentence" and "label".',
  });

/** What a person says of a sentence and its evidence. */
export type CritiqueLabel = 'supported' | 'unsupported' | 'not_needed';

const LABELS: Readonly<Record<string, CritiqueLabel>> = {
  supported: 'supported',
  supports: 'supported',
  entailment: 'supported',
  entailed: 'supported',
  true: 'supported',
  '1': 'supported',
  unsupported: 'unsupported',
  not_supported: 'unsupported',
  refuted: 'unsupported',
  refutes: 'unsupported',
  contradiction: 'unsupported',
  neutral: 'unsupported',
  hallucinated: 'unsupported',
  false: 'unsupported',
  '0': 'unsupported',
  not_needed: 'not_needed',
  courtesy: 'not_needed',
};

/** A sentence with its evidence and label. */
export interface CritiqueRow {
  readonly sentence: string;
  /** The checked sentence it translates; null where it is judged itself. */
  readonly original: string | null;
  /** ISO 639-1; null where the set does not say. */
  readonly language: string | null;
  readonly passages: readonly {
    readonly text: string;
    readonly validUntil: string | null;
    readonly title: string;
  }[];
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly label: CritiqueLabel;
  /** What was done to an unsupported one: `number`, `negation`, ...; `none` without. */
  readonly swap: string;
  readonly split: string | null;
  /** Rows of one source make a draft where times are measured. */
  readonly source: string;
  /** ISO day. */
  readonly today: string;
}

const TODAY = '2026-01-01';

/**
 * Rows of evidence, sentence and label. Labels of the usual sets are read too: entailment, neutral and contradiction, supports and refutes,
 * true and false.
 * @throws AppErrorException EVALUATION_DATA_NOT_FOUND, EVALUATION_DATA_INVALID.
 */
export async function readCritiqueSet(file: string): Promise<CritiqueRow[]> {
  const rows = await readDataRows(
    file,
    Row.refine(({ label }) => String(label).toLowerCase() in LABELS, {
      path: ['label'],
      message: 'A label is "supported", "unsupported" or "not_needed".',
    }),
  );
  return rows.map(({ value }, at) => ({
    sentence: value.sentence ?? value.claim ?? '',
    original: value.original ?? null,
    language: value.language ?? null,
    passages: (Array.isArray(value.evidence) ? value.evidence : [value.evidence]).map((one) =>
      typeof one === 'string'
        ? { text: one, validUntil: null, title: '' }
        : { text: one.text, validUntil: one.validUntil ?? null, title: one.title ?? '' },
    ),
    facts: value.facts,
    label: LABELS[String(value.label).toLowerCase()] ?? 'unsupported',
    swap: value.swap ?? 'none',
    split: value.split ?? null,
    source: value.source ?? `row ${String(at)}`,
    today: value.today ?? TODAY,
  }));
}

/** The evidence of a row as a run would have found it. */
export function libraryOf({ passages, facts }: Pick<CritiqueRow, 'passages' | 'facts'>): Library {
  const call: ToolCall = {
    id: 'T1',
    tool: 'look_up',
    title: 'Look up',
    risk: 'read',
    input: {},
    status: 'succeeded',
    detail: '',
    facts: facts.map(({ label, value }, at) => ({ key: `fact.${String(at)}`, label, value })),
    durationMs: 0,
  };
  return {
    evidence: passages.map(({ text, validUntil, title }, at) => evidenceOf(text, title, validUntil, at)),
    sources: [],
    toolCalls: facts.length > 0 ? [call] : [],
    macros: [],
  };
}

function evidenceOf(text: string, title: string, validUntil: string | null, at: number): Evidence {
  const id = `E${String(at + 1)}`;
  return {
    ...{ id, articleId: `A${String(at + 1)}`, articleTitle: title, category: '', headingPath: [] },
    ...{ audience: 'public', language: 'en', brand: null, product: null, updatedAt: null, validFrom: null },
    ...{ validUntil, freshness: 'current', page: null, chunkId: id, text },
    span: { start: 0, end: text.length },
    ...{ score: 1, lexicalRank: null, denseRank: null, cosine: null },
  };
}

/** Sentences that cite nothing, as a writer hands them in who leaves the evidence to the check. */
export function draftOf(sentences: readonly string[]): Draft {
  return {
    sentences: sentences.map((text, at) => ({
      id: `S${String(at + 1)}`,
      text,
      role: 'claim' as const,
      citations: [],
      lead: 'space' as const,
    })),
    variant: 'standard',
    revision: 0,
  };
}
