import { AppErrorException } from '../shared/errors/app-error.js';

/** What the keys of the list of a graph's articles begin with; it is cut into parts as the graph is. */
export const GRAPH_ARTICLES = 'graph/articles/';

/** An article as a graph knows it. */
export interface GraphArticle {
  /** SHA-256 of its segment, in hex: the same as long as the article is. */
  readonly hash: string;
  /** How many; they have the labels that follow those of the article before, the first of all 1. */
  readonly passages: number;
}

const HASH_BYTES = 32;
const ENTRY_BYTES = HASH_BYTES + 4;

/**
 * What a graph was made of, in the order of its labels: hash (32 bytes) and number of passages (4, little-endian) of each article. By it a
 * graph is of use to a release whose articles are not all the same any more.
 */
export function encodeGraphArticles(articles: readonly GraphArticle[]): Buffer {
  const out = Buffer.alloc(articles.length * ENTRY_BYTES);
  for (const [i, { hash, passages }] of articles.entries()) {
    out.write(hash, i * ENTRY_BYTES, 'hex');
    out.writeUInt32LE(passages, i * ENTRY_BYTES + HASH_BYTES);
  }
  return out;
}

/** @throws AppErrorException RELEASE_DAMAGED for bytes that are no such list. */
export function decodeGraphArticles(content: Buffer): GraphArticle[] {
  if (content.length % ENTRY_BYTES !== 0)
    throw new AppErrorException('RELEASE_DAMAGED', 'not the articles of a graph');
  return Array.from({ length: content.length / ENTRY_BYTES }, (_, i) => ({
    hash: content.toString('hex', i * ENTRY_BYTES, i * ENTRY_BYTES + HASH_BYTES),
    passages: content.readUInt32LE(i * ENTRY_BYTES + HASH_BYTES),
  }));
}
