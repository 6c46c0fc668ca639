import type { ListItem, RootContent } from 'mdast';

import type { PdfLine } from './pdf-layout.js';

/** Larger than the text by this much is a heading; a few sizes make the levels. */
const HEADING_FACTOR = 1.15;
const LONGEST_HEADING = 150;
const BULLET = /^(?:[•·‣▪●○◦–-]|(\d{1,3})[.)])\s+(?=\S)/;

/** Turns the lines of a page into headings, tables, lists and paragraphs. `headingSizes` descend; the first is level 1. */
export function blocksOf(
  lines: readonly PdfLine[],
  bodySize: number,
  headingSizes: readonly number[],
): RootContent[] {
  const blocks: RootContent[] = [];
  let paragraph: PdfLine[] = [];
  const close = (): void => {
    if (paragraph.length > 0)
      blocks.push({ type: 'paragraph', children: [{ type: 'text', value: joined(paragraph) }] });
    paragraph = [];
  };
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at];
    if (!line) continue;
    const rows = tableRows(lines, at);
    if (rows.length > 1) {
      close();
      blocks.push(tableOf(rows));
      at += rows.length - 1;
    } else if (isHeading(line, bodySize)) {
      close();
      const depth = Math.min(6, Math.max(1, headingSizes.indexOf(line.size) + 1)) as 1 | 2 | 3 | 4 | 5 | 6;
      const before = blocks.at(-1);
      // A heading that needs two lines is one heading.
      const isSecondLine =
        before?.type === 'heading' && before.depth === depth && isNear(lines[at - 1], line);
      if (isSecondLine) before.children.push({ type: 'text', value: ` ${line.text}` });
      else blocks.push({ type: 'heading', depth, children: [{ type: 'text', value: line.text }] });
    } else if (BULLET.test(line.text)) {
      close();
      const item = [{ ...line, text: line.text.replace(BULLET, '') }];
      while (isContinued(lines[at], lines[at + 1], bodySize)) item.push(lines[++at] ?? line);
      addItem(blocks, joined(item), BULLET.exec(line.text)?.[1]);
    } else {
      if (paragraph.length > 0 && !isNear(paragraph.at(-1), line)) close();
      paragraph.push(line);
    }
  }
  close();
  return blocks;
}

/** The sizes of headings in a document, largest first. */
export function headingSizesOf(lines: readonly PdfLine[], bodySize: number): number[] {
  const sizes = lines.filter((line) => isHeading(line, bodySize)).map(({ size }) => size);
  return [...new Set(sizes)].sort((a, b) => b - a);
}

function isHeading({ size, text }: PdfLine, bodySize: number): boolean {
  return size >= bodySize * HEADING_FACTOR && text.length <= LONGEST_HEADING && /\p{L}/u.test(text);
}

/** Lines of one paragraph follow each other closely. */
function isNear(above: PdfLine | undefined, below: PdfLine): boolean {
  if (!above) return false;
  const gap = above.y - below.y;
  return gap > 0 && gap < Math.max(above.size, below.size) * 1.75;
}

function isContinued(above: PdfLine | undefined, below: PdfLine | undefined, bodySize: number): boolean {
  if (!below || BULLET.test(below.text) || isHeading(below, bodySize)) return false;
  return isNear(above, below) && below.cells.length === 1;
}

/** Consecutive lines with equally many cells that begin at the same places, from `at` on. */
function tableRows(lines: readonly PdfLine[], at: number): PdfLine[] {
  const first = lines[at];
  if (!first || first.cells.length < 2) return [];
  const rows: PdfLine[] = [];
  for (const line of lines.slice(at)) {
    const isAligned =
      line.cells.length === first.cells.length &&
      line.cells.every((cell, i) => Math.abs(cell.x - (first.cells[i]?.x ?? 0)) < first.size * 2);
    if (!isAligned) break;
    rows.push(line);
  }
  return rows;
}

function tableOf(rows: readonly PdfLine[]): RootContent {
  return {
    type: 'table',
    children: rows.map(({ cells }) => ({
      type: 'tableRow',
      children: cells.map(({ text }) => ({ type: 'tableCell', children: [{ type: 'text', value: text }] })),
    })),
  };
}

function addItem(blocks: RootContent[], value: string, number: string | undefined): void {
  const ordered = number !== undefined;
  const item: ListItem = {
    type: 'listItem',
    spread: false,
    children: [{ type: 'paragraph', children: [{ type: 'text', value }] }],
  };
  const last = blocks.at(-1);
  if (last?.type === 'list' && last.ordered === ordered) last.children.push(item);
  else
    blocks.push({
      type: 'list',
      ordered,
      start: ordered ? Number(number) : null,
      spread: false,
      children: [item],
    });
}

/** Words parted at the end of a line become whole again. */
function joined(lines: readonly PdfLine[]): string {
  return lines.reduce(
    (text, line) =>
      /\p{Ll}-$/u.test(text) && /^\p{Ll}/u.test(line.text)
        ? text.slice(0, -1) + line.text
        : `${text}${text === '' ? '' : ' '}${line.text}`,
    '',
  );
}
