import { z } from 'zod';

/** The sentence encoder that ships with Cuecard: no network, no download. */
const BundledEmbedder = z.object({ kind: z.literal('bundled') });

/** A folder with an ONNX model and its tokenizer, as exported for bge, e5, gte or MiniLM. Runs on this machine. */
const OnnxDirectory = z.object({
  kind: z.literal('onnx_directory'),
  /** Absolute path. */
  dir: z.string().min(1),
});

/** Without name, password, query or fragment: settings are no place for secrets, and an address is where some services take one. */
const PLAIN_ADDRESS = /^https?:\/\/[^/?#@\\]+(\/[^?#]*)?$/i;

/** A service that answers `POST {baseUrl}/embeddings` as OpenAI does. Every passage and every question is sent to it. */
const OpenAiCompatible = z.object({
  kind: z.literal('openai_compatible'),
  /** Up to and with `/v1`, for example `https://api.openai.com/v1` or `http://localhost:11434/v1`. Carries no key. */
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .regex(PLAIN_ADDRESS, 'Invalid URL: holds a name, password or query'),
  model: z.string().min(1),
  /** Numbers of each vector, as the test of the connection found it; an answer with another count is refused. */
  dimensions: z.int().positive().max(8192),
  /** True to ask for that many; only models that can shorten their vectors know the parameter. */
  asksForDimensions: z.boolean().default(false),
  /** Environment variable that holds the key; null when the key is given at run time, or when the service needs none. */
  keyVariable: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/)
    .nullable()
    .default(null),
  /** Texts of one request. */
  batchSize: z.int().min(1).max(2048).default(64),
  /** Longer texts are cut before they are sent; counted as three characters each, the cautious side of English. */
  maxTokens: z.int().min(16).max(32_768).default(512),
  /** Put before a question and a passage by models that were trained so, for example `query: ` and `passage: `. */
  queryPrefix: z.string().default(''),
  passagePrefix: z.string().default(''),
});
export type OpenAiCompatible = z.infer<typeof OpenAiCompatible>;

/** Which model turns passages and questions into vectors. Never holds a key. A change re-embeds beside the old index. */
export const EmbedderSettings = z.discriminatedUnion('kind', [
  BundledEmbedder,
  OnnxDirectory,
  OpenAiCompatible,
]);
export type EmbedderSettings = z.infer<typeof EmbedderSettings>;

export const bundledEmbedder: EmbedderSettings = { kind: 'bundled' };

/**
 * A choice before it was tried: how many numbers a service's vectors have is found by asking it. `dimensions` is set
 * only to ask a model for shorter vectors than its own.
 */
export const EmbedderDraft = z.discriminatedUnion('kind', [
  BundledEmbedder,
  OnnxDirectory,
  OpenAiCompatible.omit({ asksForDimensions: true }).extend({
    dimensions: OpenAiCompatible.shape.dimensions.nullable().default(null),
  }),
]);
export type EmbedderDraft = z.infer<typeof EmbedderDraft>;
export type ServiceDraft = Extract<EmbedderDraft, { readonly kind: 'openai_compatible' }>;

/** A choice that was tried with one text. */
export const EmbedderTrial = z.object({
  /** Complete, as they may be kept. */
  settings: EmbedderSettings,
  /** Names model and form. */
  id: z.string(),
  dimensions: z.int().positive(),
  /** Of embedding that one text, the model being open. */
  durationMs: z.number().nonnegative(),
});
export type EmbedderTrial = z.infer<typeof EmbedderTrial>;
