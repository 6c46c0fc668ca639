import path from 'node:path';

import type { KnowledgePool } from '../../../shared/domain/knowledge-article.js';
import { conversationsReader } from './conversations-reader.js';
import { csvReader } from './csv-reader.js';
import { docxReader } from './docx-reader.js';
import { ProtectedFile, UnreadableFile } from './failure-reason.js';
import { htmlReader } from './html-reader.js';
import type { InspectedFile } from './inspect-file.js';
import { markdownReader } from './markdown-reader.js';
import { pdfReader } from './pdf-reader.js';
import type { SourceReader } from './source-reader.js';
import { textReader } from './text-reader.js';
import { zendeskReader } from './zendesk-reader.js';

const BY_EXTENSION: Readonly<Record<string, SourceReader>> = {
  '.md': markdownReader,
  '.markdown': markdownReader,
  '.html': htmlReader,
  '.htm': htmlReader,
  '.xhtml': htmlReader,
  '.txt': textReader,
  '.text': textReader,
  '.csv': csvReader,
  '.tsv': csvReader,
  '.pdf': pdfReader,
  '.docx': docxReader,
  '.json': zendeskReader,
  '.jsonl': conversationsReader,
  '.ndjson': conversationsReader,
};

/** What may read a file, by its name alone: whether it is worth opening. Past conversations never become articles. */
export function readerByName(relativePath: string, pool: KnowledgePool): SourceReader | null {
  const reader = BY_EXTENSION[path.extname(relativePath).toLowerCase()] ?? null;
  return reader === conversationsReader && pool !== 'cases' ? null : reader;
}

/**
 * What really reads a file, by its first bytes: names lie.
 * @throws UnreadableFile when the bytes are of a kind that is not read.
 */
export function readerByContent(byName: SourceReader, { head, encoding }: InspectedFile): SourceReader {
  if (head.length === 0) throw new UnreadableFile('The file is empty.');
  // A PDF may have some bytes before its mark.
  if (head.subarray(0, 1024).includes('%PDF-')) return pdfReader;
  if (head.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]))) {
    throw new ProtectedFile(
      'It is protected by a password or in an old Office format: save it as .docx or PDF.',
    );
  }
  if (head.subarray(0, 2).toString() === 'PK') return docxReader;
  if (byName === pdfReader) throw new UnreadableFile('It is not a PDF, whatever its name says.');
  if (byName === docxReader)
    throw new UnreadableFile('It is not a Word document (.docx), whatever its name says.');
  const start = encoding === 'utf-8' ? head.toString('utf8').trimStart().toLowerCase() : '';
  const isPage = /^(?:\uFEFF)?(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html)\b/.test(start);
  return isPage && byName === textReader ? htmlReader : byName;
}
