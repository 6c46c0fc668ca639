import type { List, Nodes, RootContent, Table } from 'mdast';

import { estimateTokens } from './token-estimate.js';

/** The smallest part a passage is made of: a list item, a table row, a sentence, a line of code. */
export interface Atom {
  readonly start: number;
  readonly end: number;
  readonly tokens: number;
  /** Which block it belongs to; atoms of one block are kept together where they fit. */
  readonly block: number;
  readonly kind: 'sentence' | 'item' | 'row' | 'line';
}

type Range = Pick<Atom, 'start' | 'end'>;

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });

export interface AtomSource {
  readonly markdown: string;
  readonly plainBetween: (start: number, end: number) => string;
  /** No atom is heavier; a longer sentence is cut between words. */
  readonly maxTokens: number;
}

/** Parts one block of an article into atoms, in order. A block without visible words gives none. */
export function atomsOf(node: RootContent, block: number, source: AtomSource): Atom[] {
  const { kind, ranges } = partition(node, source.markdown);
  return ranges
    .flatMap((range) => fit(range, source))
    .flatMap(({ start, end }): Atom[] => {
      const plain = source.plainBetween(start, end);
      return plain === '' ? [] : [{ start, end, tokens: estimateTokens(plain), block, kind }];
    });
}

function partition(node: RootContent, markdown: string): { kind: Atom['kind']; ranges: Range[] } {
  switch (node.type) {
    case 'list':
      return { kind: 'item', ranges: childRanges(node) };
    case 'table':
      return { kind: 'row', ranges: childRanges(node) };
    case 'code':
      return { kind: 'line', ranges: pieces(rangeOf(node), markdown, (text) => text.split(/(?<=\n)/)) };
    case 'html':
    case 'definition':
    case 'thematicBreak':
      return { kind: 'line', ranges: [] };
    default:
      return { kind: 'sentence', ranges: sentenceRanges(rangeOf(node), markdown) };
  }
}

function rangeOf(node: Nodes): Range {
  return { start: node.position?.start.offset ?? 0, end: node.position?.end.offset ?? 0 };
}

function childRanges(node: List | Table): Range[] {
  return node.children.map(rangeOf);
}

function sentenceRanges(range: Range, markdown: string): Range[] {
  return pieces(range, markdown, (text) => [...sentences.segment(text)].map(({ segment }) => segment));
}

/** Cuts a range along `cut`, leaving the white space between the parts out of them. */
function pieces(range: Range, markdown: string, cut: (text: string) => readonly string[]): Range[] {
  const ranges: Range[] = [];
  let offset = range.start;
  for (const part of cut(markdown.slice(range.start, range.end))) {
    const start = offset + (part.length - part.trimStart().length);
    const end = offset + part.trimEnd().length;
    if (end > start) ranges.push({ start, end });
    offset += part.length;
  }
  return ranges;
}

/** Cuts what is too heavy, first into sentences, then between words, at last inside a word. */
function fit(range: Range, source: AtomSource): Range[] {
  const { markdown, maxTokens } = source;
  const weight = ({ start, end }: Range): number => estimateTokens(source.plainBetween(start, end));
  if (weight(range) <= maxTokens) return [range];
  return sentenceRanges(range, markdown).flatMap((sentence) =>
    weight(sentence) <= maxTokens ? [sentence] : wordRuns(sentence, markdown, maxTokens),
  );
}

const LONGEST_WORD = 200;

function wordRuns(range: Range, markdown: string, maxTokens: number): Range[] {
  const words = pieces(
    range,
    markdown,
    (text) => text.match(new RegExp(`\\S{1,${LONGEST_WORD}}\\s*|\\s+`, 'gu')) ?? [],
  );
  const runs: Range[] = [];
  let tokens = 0;
  for (const word of words) {
    const wordTokens = estimateTokens(markdown.slice(word.start, word.end));
    const run = runs.at(-1);
    if (run && tokens + wordTokens <= maxTokens) {
      runs[runs.length - 1] = { start: run.start, end: word.end };
      tokens += wordTokens;
    } else {
      runs.push(word);
      tokens = wordTokens;
    }
  }
  return runs;
}
