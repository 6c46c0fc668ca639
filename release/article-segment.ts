import { z } from 'zod';

import { Span } from '../shared/domain/evidence.js';
import { KnowledgeArticle } from '../shared/domain/knowledge-article.js';
import { ReleaseEmbedder, Sha256 } from '../shared/domain/release.js';
import { AppErrorException } from '../shared/errors/app-error.js';
import { canonicalJson } from './canonical-json.js';
import { decodeVectors, encodeVectors } from './vectors/encode-vectors.js';

/** A passage of an article, cut on the machine that published it. */
export const ReleasedChunk = z.object({
  ordinal: z.int().nonnegative(),
  headingPath: z.array(z.string()),
  /** Offsets into the article's Markdown. */
  span: Span,
  page: z.int().positive().nullable(),
  /** What its vector is kept under: the hash of all that was embedded for it. */
  hash: Sha256,
  /** The passage without Markdown marks. */
  plain: z.string(),
});
export type ReleasedChunk = z.infer<typeof ReleasedChunk>;

const Head = z.object({
  article: KnowledgeArticle,
  /** Equal for two states of an article exactly when nothing about it or about how it is cut has changed. */
  fingerprint: Sha256,
  chunks: z.array(ReleasedChunk),
  /** Null where the release has no vectors. */
  vectors: ReleaseEmbedder.nullable(),
});

/** One article of a release with all that a search needs of it. */
export interface ReleasedArticle extends z.infer<typeof Head> {
  /** One per chunk, in their order; empty without vectors. */
  readonly passages: readonly Float32Array[];
  /** The vector of its title; null without vectors. */
  readonly title: Float32Array | null;
}

const MAGIC = Buffer.from('CCA1');
const HEAD_AT = MAGIC.length + 4;

/**
 * The content of an `article/<id>` segment: `CCA1`, length of the head (4 bytes, little-endian), head as canonical JSON, vectors of the
 * passages, vector of the title. Equal articles with equal vectors give equal bytes.
 */
export function encodeArticle(released: ReleasedArticle): Buffer {
  const { passages, title, ...rest } = released;
  const head = Buffer.from(canonicalJson(Head.parse(rest)));
  const size = Buffer.alloc(4);
  size.writeUInt32LE(head.length);
  if (!rest.vectors) return Buffer.concat([MAGIC, size, head]);
  if (!title || passages.length !== rest.chunks.length)
    throw new RangeError('An article needs a vector for its title and for each passage.');
  return Buffer.concat([MAGIC, size, head, encodeVectors([...passages, title], rest.vectors.encoding)]);
}

/** @throws AppErrorException RELEASE_DAMAGED when the content is no whole article, RELEASE_TOO_NEW when it is of a later form. */
export function decodeArticle(content: Buffer): ReleasedArticle {
  const { head, headEnd } = readHead(content);
  const { vectors, chunks } = head;
  if (!vectors) return { ...head, passages: [], title: null };
  const all = decodeVectors(content.subarray(headEnd), vectors.encoding, vectors.dimensions);
  const title = all.at(-1);
  if (!title || all.length !== chunks.length + 1)
    throw new AppErrorException('RELEASE_DAMAGED', `${head.article.id} has other vectors than passages`);
  return { ...head, passages: all.slice(0, -1), title };
}

/** The article alone, for people: its vectors are not looked at. */
export function readArticle(content: Buffer): KnowledgeArticle {
  return readHead(content).head.article;
}

function readHead(content: Buffer): { head: z.infer<typeof Head>; headEnd: number } {
  if (content.length < HEAD_AT || !content.subarray(0, 3).equals(MAGIC.subarray(0, 3)))
    throw new AppErrorException('RELEASE_DAMAGED', 'not an article');
  if (content[3] !== MAGIC[3]) throw new AppErrorException('RELEASE_TOO_NEW', 'article of a later form');
  const headEnd = HEAD_AT + content.readUInt32LE(MAGIC.length);
  try {
    if (headEnd > content.length) throw new RangeError('cut off');
    return { head: Head.parse(JSON.parse(content.toString('utf8', HEAD_AT, headEnd))), headEnd };
  } catch (cause) {
    throw new AppErrorException('RELEASE_DAMAGED', 'an article that cannot be read', { cause });
  }
}
