import { z } from 'zod';

/** SHA-256 in lower-case hexadecimal. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Which of a release's things a segment is; the part of its key before the first slash. */
export const SegmentKind = z.enum([
  'article',
  'intent',
  'macro',
  'prompt',
  'team',
  'policy',
  'playbook',
  'tool-server',
  'evaluation',
  'graph',
]);
export type SegmentKind = z.infer<typeof SegmentKind>;

/**
 * What a segment is, unique within a release: `article/<id>`, `intent/<id>`, `macro/<id>`, `prompt/<stage>`, `team/profile`,
 * `team/escalation`, `team/out-of-scope`, `policy/<tool>`, `playbook/<intent>`, `tool-server/<name>`, `evaluation/report`, `graph/<passages|titles>/<part>`.
 */
export const SegmentKey = z
  .string()
  .max(600)
  .regex(/^(article|intent|macro|prompt|team|policy|playbook|tool-server|evaluation|graph)\/[^\p{Cc}]+$/u);
export type SegmentKey = z.infer<typeof SegmentKey>;

/** One line of a release's listing: what, which content, how many bytes. Sorted by key, in code units. */
export const ListingEntry = z.object({ key: SegmentKey, hash: Sha256, bytes: z.int().nonnegative() });
export type ListingEntry = z.infer<typeof ListingEntry>;

/** How vectors are written in article segments; docs/sync-protocol.md has the loss of each. */
export const VectorEncoding = z.enum(['float32', 'float16', 'int8']);
export type VectorEncoding = z.infer<typeof VectorEncoding>;

/** What vectors of a release were made by; a client with another embedder makes its own. */
export const ReleaseEmbedder = z.object({
  id: z.string(),
  dimensions: z.int().positive(),
  encoding: VectorEncoding,
});
export type ReleaseEmbedder = z.infer<typeof ReleaseEmbedder>;

/** What the team's key signs, as canonical JSON (RFC 8785). Everything else hangs on `root`. */
export const ReleaseManifest = z.object({
  format: z.literal(1),
  workspaceId: z.uuid(),
  number: z.int().positive(),
  createdAt: z.iso.datetime(),
  createdBy: z.string(),
  notes: z.string().max(20_000),
  /** The release whose content this one brings back; null for one with news of its own. */
  restores: z.int().positive().nullable(),
  /** Null where the release holds no articles. */
  embedder: ReleaseEmbedder.nullable(),
  articles: z.int().nonnegative(),
  chunks: z.int().nonnegative(),
  segments: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
  /** SHA-256 over the listing, see release/listing.ts. */
  root: Sha256,
});
export type ReleaseManifest = z.infer<typeof ReleaseManifest>;

/** A manifest as it travels: the very bytes that were signed, so that no reader has to write them alike. */
export const SignedManifest = z.object({
  /** Canonical JSON of a {@link ReleaseManifest}. */
  manifest: z.string().max(100_000),
  /** ed25519, base64. */
  signature: z.string().max(200),
  keyId: z.string(),
});
export type SignedManifest = z.infer<typeof SignedManifest>;

/** A public key of the team. The first is pinned at join; each later one is endorsed by its predecessor's signature. */
export const TeamKey = z.object({
  /** The first 16 hexadecimal digits of SHA-256 over the raw public key. */
  keyId: z.string(),
  /** Raw ed25519 public key, 32 bytes, base64. */
  publicKey: z.string(),
  createdAt: z.iso.datetime(),
  endorsedBy: z.string().nullable(),
  /** Signature of the predecessor over `cuecard-team-key-1\n<workspaceId>\n<publicKey>`, base64; null for the first. */
  endorsement: z.string().nullable(),
});
export type TeamKey = z.infer<typeof TeamKey>;
