import type { List, Paragraph, PhrasingContent, Root, RootContent } from 'mdast';

import { markdownOf } from './markdown-text.js';

const BULLET = /^\s*(?:[-*•·‣▪–]|(\d{1,3})[.)])\s+(?=\S)/;

/**
 * Turns plain text into Markdown that reads the same: paragraphs where lines are empty, lists where all lines of a block
 * begin with a bullet or a number, headings where a line is underlined. Everything else is words, also what would be a
 * mark in Markdown.
 */
export function markdownOfText(text: string): string {
  const children = text
    .split(/\n[ \t]*\n+/)
    .map((block) => block.replace(/^\n+|\s+$/g, ''))
    .filter((block) => block.trim() !== '')
    .flatMap(blockOf);
  const root: Root = { type: 'root', children };
  return markdownOf(root);
}

function blockOf(block: string): RootContent[] {
  const lines = block.split('\n');
  const [first = '', second = ''] = lines;
  if (/^\s*(?:={3,}|-{3,})\s*$/.test(second) && first.trim() !== '') {
    const depth = second.includes('=') ? 1 : 2;
    const rest = lines.slice(2).join('\n');
    return [
      { type: 'heading', depth, children: [{ type: 'text', value: first.trim() }] },
      ...(rest.trim() === '' ? [] : blockOf(rest)),
    ];
  }
  const listStart = lines.findIndex((line) => BULLET.test(line));
  if (listStart < 0 || lines.slice(listStart).filter((line) => BULLET.test(line)).length < 2) {
    return [paragraphOf(lines)];
  }
  const items = listItems(lines.slice(listStart));
  return listStart === 0 ? [items] : [paragraphOf(lines.slice(0, listStart)), items];
}

function listItems(lines: readonly string[]): List {
  const items: string[][] = [];
  for (const line of lines) {
    if (BULLET.test(line)) items.push([line.replace(BULLET, '')]);
    else items.at(-1)?.push(line);
  }
  const number = BULLET.exec(lines[0] ?? '')?.[1];
  return {
    type: 'list',
    ordered: number !== undefined,
    start: number === undefined ? null : Number(number),
    spread: false,
    children: items.map((item) => ({ type: 'listItem', spread: false, children: [paragraphOf(item)] })),
  };
}

/** Short lines are an address or a verse and keep their ends; long ones were wrapped by an editor. */
function paragraphOf(lines: readonly string[]): Paragraph {
  const texts = lines.map((line) => line.trim()).filter((line) => line !== '');
  const isWrapped = texts.some((line) => line.length > 60);
  if (isWrapped) return { type: 'paragraph', children: [{ type: 'text', value: texts.join(' ') }] };
  const children = texts.flatMap((value, i): PhrasingContent[] =>
    i === 0 ? [{ type: 'text', value }] : [{ type: 'break' }, { type: 'text', value }],
  );
  return { type: 'paragraph', children };
}
