import { inspectDocx } from './docx-guard.js';
import { UnreadableFile } from './failure-reason.js';
import { readHtml } from './html-to-markdown.js';
import type { ArticleDraft, SourceReader } from './source-reader.js';

const MAX_BYTES = 100 * 1024 * 1024;

/** `.docx`: one article; headings by their style, tables and links kept, pictures left out. */
export const docxReader: SourceReader = {
  id: 'docx-1',
  async *read(file) {
    if (file.size > MAX_BYTES) throw new UnreadableFile('The file is larger than 100 MB: split it.');
    yield { article: await readDocx(file.path) };
  },
};

/**
 * A Word document as one article.
 * @param file its path, or its bytes.
 * @throws UnreadableFile for what is no sound DOCX; Error of the parser for other damage.
 */
export async function readDocx(file: string | Buffer): Promise<ArticleDraft> {
  const { title, modified } = await inspectDocx(file);
  const { default: mammoth } = await import('mammoth');
  const { value } = await mammoth.convertToHtml(
    typeof file === 'string' ? { path: file } : { buffer: file },
    {
      // Pictures are not even unpacked.
      convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: '' })),
      externalFileAccess: false,
    },
  );
  const { heading, markdown } = readHtml(value.replace(/<img\b[^>]*>/g, ''));
  return {
    key: null,
    fields: {
      ...((heading ?? title) === null ? {} : { title: heading ?? title ?? '' }),
      ...(modified === null ? {} : { updated: modified }),
    },
    markdown,
  };
}
