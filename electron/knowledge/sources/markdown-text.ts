import type { Root } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkStringify from 'remark-stringify';
import { unified } from 'unified';

const writer = unified()
  .use(remarkGfm)
  .use(remarkStringify, { bullet: '-', rule: '-', fences: true, resourceLink: true })
  .freeze();

/** Writes a document as Markdown; words that would read as marks are escaped. */
export function markdownOf(root: Root): string {
  return writer.stringify(root);
}
