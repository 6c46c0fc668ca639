import { splitFrontMatter } from './front-matter.js';
import { readText } from './read-text.js';
import type { SourceReader } from './source-reader.js';
import { markdownOfText } from './text-to-markdown.js';

const MAX_BYTES = 2 * 1024 * 1024;

/** `.txt`: one article, front matter optional; its words are taken as they are. */
export const textReader: SourceReader = {
  id: 'text-1',
  async *read(file) {
    const { fields, body } = splitFrontMatter(await readText(file, MAX_BYTES));
    yield { article: { key: null, fields, markdown: markdownOfText(body) } };
  },
};
