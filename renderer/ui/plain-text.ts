import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';

/** The parts of a Markdown tree this file reads. */
interface MarkdownNode {
  readonly type: string;
  readonly value?: string;
  /** Of a link. */
  readonly url?: string;
  readonly ordered?: boolean | null;
  readonly start?: number | null;
  readonly children?: readonly MarkdownNode[];
}

const parser = unified().use(remarkParse).use(remarkGfm);

/** Markdown as plain text, fit for a text field: lists keep their marks, tables their rows, links their words and where they lead. */
export function plainText(markdown: string): string {
  return blocks(parser.parse(markdown) as MarkdownNode).trim();
}

function blocks(node: MarkdownNode, between = '\n\n'): string {
  return (node.children ?? []).map(block).filter(Boolean).join(between);
}

function block(node: MarkdownNode): string {
  switch (node.type) {
    case 'list':
      return (node.children ?? [])
        .map((item, at) => `${node.ordered ? `${(node.start ?? 1) + at}.` : '-'} ${blocks(item, '\n')}`)
        .join('\n');
    case 'table':
      return (node.children ?? []).map((row) => (row.children ?? []).map(inline).join(' | ')).join('\n');
    case 'blockquote':
      return blocks(node);
    case 'thematicBreak':
    case 'html':
      return '';
    default:
      return inline(node);
  }
}

function inline(node: MarkdownNode): string {
  if (node.type === 'break') return '\n';
  if (node.type === 'html') return '';
  const words = node.value ?? (node.children ?? []).map(inline).join('');
  if (node.type !== 'link' || node.url === undefined) return words;
  // A target that differs from its words must not get lost, nor hide behind them.
  return words === node.url || `mailto:${words}` === node.url ? words : `${words} (${node.url})`;
}
