import type { Nodes } from 'mdast';

/** A piece of visible text and where it stands in the Markdown. */
interface Leaf {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Reads the words of any part of a Markdown text without its marks. */
export interface PlainText {
  /** What a reader sees between two offsets, on one line. */
  between(start: number, end: number): string;
}

/**
 * Collects the visible text of a parsed Markdown document. Cells of a table are parted by a comma, other blocks by a
 * space; HTML and link targets are left out.
 */
export function createPlainText(root: Nodes, markdown: string): PlainText {
  const leaves: Leaf[] = [];
  collect(root, leaves);
  return {
    between(start, end) {
      let text = '';
      let previousEnd = start;
      for (let i = firstEndingAfter(leaves, start); i < leaves.length; i++) {
        const leaf = leaves[i];
        if (!leaf || leaf.start >= end) break;
        const isWhole = leaf.start >= start && leaf.end <= end;
        const gap = markdown.slice(previousEnd, Math.max(leaf.start, start));
        if (text !== '' && gap.includes('|')) text += gap.includes('\n') ? '. ' : ', ';
        else if (/\s/.test(gap)) text += ' ';
        text += isWhole ? leaf.text : markdown.slice(Math.max(leaf.start, start), Math.min(leaf.end, end));
        previousEnd = leaf.end;
      }
      return text.replace(/\s+/g, ' ').trim();
    },
  };
}

function collect(node: Nodes, leaves: Leaf[]): void {
  const text = visibleText(node);
  const start = node.position?.start.offset;
  const end = node.position?.end.offset;
  if (text !== null && start !== undefined && end !== undefined) leaves.push({ start, end, text });
  if ('children' in node) for (const child of node.children) collect(child, leaves);
}

function visibleText(node: Nodes): string | null {
  switch (node.type) {
    case 'text':
    case 'inlineCode':
    case 'code':
      return node.value;
    case 'image':
      return node.alt ?? null;
    case 'break':
      return ' ';
    default:
      return null;
  }
}

/** Leaves are in order and do not overlap, so the first one that matters is found by halving. */
function firstEndingAfter(leaves: readonly Leaf[], offset: number): number {
  let low = 0;
  let high = leaves.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((leaves[middle]?.end ?? 0) > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}
