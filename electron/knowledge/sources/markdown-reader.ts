import { splitFrontMatter } from './front-matter.js';
import { readText } from './read-text.js';
import type { SourceReader } from './source-reader.js';

const MAX_BYTES = 2 * 1024 * 1024;

/** `.md` and `.markdown`: one article, front matter optional. */
export const markdownReader: SourceReader = {
  id: 'markdown-1',
  async *read(file) {
    const { fields, body } = splitFrontMatter(await readText(file, MAX_BYTES));
    yield { article: { key: null, fields, markdown: body } };
  },
};
