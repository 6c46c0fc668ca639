import { inspectDocx } from './docx-guard.js';
import { UnreadableFile } from './failure-reason.js';
import { readHtml } from './html-to-markdown.js';
import type { SourceReader } from './source-reader.js';

const MAX_BYTES = 100 * 1024 * 1024;

/** `.docx`: one article; headings by their style, tables and links kept, pictures left out. */
export const docxReader: SourceReader = {
  id: 'docx-1',
  async *read(file) {
    if (file.size > MAX_BYTES) throw new UnreadableFile('The file is larger than 100 MB: split it.');
    const { title, modified } = await inspectDocx(file.path);
    const { default: mammoth } = await import('mammoth');
    const { value } = await mammoth.convertToHtml(
      { path: file.path },
      // Pictures are not even unpacked.
      {
        convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: '' })),
        externalFileAccess: false,
      },
    );
    const { heading, markdown } = readHtml(value.replace(/<img\b[^>]*>/g, ''));
    yield {
      article: {
        key: null,
        fields: {
          ...((heading ?? title) === null ? {} : { title: heading ?? title ?? '' }),
          ...(modified === null ? {} : { updated: modified }),
        },
        markdown,
      },
    };
  },
};
