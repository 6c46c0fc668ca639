import type { Root, RootContent } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';

import { atomsOf } from './atoms.js';
import type { Chunk } from './chunk.js';
import { packAtoms } from './pack-atoms.js';
import { createPlainText, type PlainText } from './plain-text.js';
import { estimateTokens } from './token-estimate.js';

/** Part of every chunk's origin: raise it when the same article would be cut another way, so that stores are re-cut. */
export const CHUNKER_VERSION = 1;

/** The bundled embedder cuts at 128 without a word; the rest is the error of the estimate. */
const MAX_EMBEDDED_TOKENS = 124;
/** About 80 words: a longer passage says several things and its vector none of them. */
const MAX_PASSAGE_TOKENS = 112;
/** Under long headings a passage still has to say something. */
const MIN_PASSAGE_TOKENS = 40;

const parser = unified().use(remarkParse).use(remarkGfm);

interface Section {
  readonly headingPath: readonly string[];
  readonly blocks: RootContent[];
}

/**
 * Cuts an article into passages that follow its headings: never across a section, about 80 words, lists and tables
 * whole where they fit, spans exact. The same article is always cut the same way.
 */
export function chunkArticle(article: { readonly title: string; readonly markdown: string }): Chunk[] {
  const { title, markdown } = article;
  const root: Root = parser.parse(markdown);
  const plain = createPlainText(root, markdown);
  let ordinal = 0;
  return sectionsOf(root, title, plain).flatMap(({ headingPath, blocks }) => {
    const headingTokens = estimateTokens([title, ...headingPath].join(' '));
    const maxTokens = Math.max(
      MIN_PASSAGE_TOKENS,
      Math.min(MAX_PASSAGE_TOKENS, MAX_EMBEDDED_TOKENS - headingTokens),
    );
    const source = {
      markdown,
      plainBetween: (start: number, end: number) => plain.between(start, end),
      maxTokens,
    };
    const atoms = blocks.flatMap((block, i) => atomsOf(block, i, source));
    return packAtoms(atoms, maxTokens, markdown).map((span): Chunk => ({
      ordinal: ordinal++,
      headingPath,
      span,
      text: markdown.slice(span.start, span.end),
      plain: plain.between(span.start, span.end),
    }));
  });
}

function sectionsOf(root: Root, title: string, plain: PlainText): Section[] {
  const sections: Section[] = [{ headingPath: [], blocks: [] }];
  const open: { depth: number; text: string }[] = [];
  for (const node of root.children) {
    if (node.type !== 'heading') {
      sections.at(-1)?.blocks.push(node);
      continue;
    }
    while ((open.at(-1)?.depth ?? 0) >= node.depth) open.pop();
    const text = plain.between(node.position?.start.offset ?? 0, node.position?.end.offset ?? 0);
    open.push({ depth: node.depth, text });
    const headingPath = open
      .map((heading) => heading.text)
      .filter((heading) => heading !== '' && heading !== title);
    sections.push({ headingPath, blocks: [] });
  }
  return sections;
}
