import path from 'node:path';

import type { KnowledgePool } from '../../../shared/domain/knowledge-article.js';
import { UnreadableFile } from './failure-reason.js';
import type { InspectedFile } from './inspect-file.js';
import { markdownReader } from './markdown-reader.js';
import type { SourceReader } from './source-reader.js';

const BY_EXTENSION: Readonly<Record<string, SourceReader>> = {
  '.md': markdownReader,
  '.markdown': markdownReader,
};

/** Readers of past conversations only. */
const CASE_EXTENSIONS = /^\.(?:jsonl|ndjson)$/;

/** What may read a file, by its name alone: whether it is worth opening. */
export function readerByName(relativePath: string, pool: KnowledgePool): SourceReader | null {
  const extension = path.extname(relativePath).toLowerCase();
  if (CASE_EXTENSIONS.test(extension) && pool !== 'cases') return null;
  return BY_EXTENSION[extension] ?? null;
}

/**
 * What really reads a file, by its first bytes: names lie.
 * @throws UnreadableFile when the bytes are of a kind that is not read.
 */
export function readerByContent(byName: SourceReader, { head }: InspectedFile): SourceReader {
  if (head.length === 0) throw new UnreadableFile('The file is empty.');
  return byName;
}
