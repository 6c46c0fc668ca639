import type { List, Nodes, Paragraph, Root, RootContent, Table } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';

import type { Span } from '../../../shared/domain/evidence.js';
import { sentencesOf } from './sentences.js';

/** The smallest thing of an article a reply may quote: one sentence, one step, one bullet, one row of a table. */
export interface ArticleUnit {
  readonly kind: 'sentence' | 'step' | 'bullet' | 'row';
  /** As it reads in a reply: no Markdown marks; a row becomes one sentence. */
  readonly text: string;
  /** Where it stands in the article. */
  readonly span: Span;
  readonly headingPath: readonly string[];
  /** What it is read under and must not be judged without: the column names of a table. */
  readonly context: string;
  /** Units of one paragraph, list or table share it. */
  readonly block: number;
  /** Reading order in the article, from 0. */
  readonly position: number;
}

const parser = unified().use(remarkParse).use(remarkGfm);

/** Articles taken apart lately: several stages read the same few, and parsing one takes milliseconds. */
const recent = new Map<string, readonly ArticleUnit[]>();
const MAX_RECENT = 64;

/** Takes an article apart into quotable units, in reading order. Code blocks, quotes and HTML are not quotable. */
export function articleUnits(markdown: string): readonly ArticleUnit[] {
  const units = recent.get(markdown) ?? parseUnits(markdown);
  recent.delete(markdown);
  recent.set(markdown, units);
  const [oldest] = recent.keys();
  if (recent.size > MAX_RECENT && oldest !== undefined) recent.delete(oldest);
  return units;
}

/** As {@link articleUnits}, and the rows that answer yes or no, cell by cell: nothing to quote, but they can prove a sentence wrong. */
export function factualUnits(markdown: string): readonly ArticleUnit[] {
  const units = recentFacts.get(markdown) ?? parseUnits(markdown, true);
  recentFacts.delete(markdown);
  recentFacts.set(markdown, units);
  const [oldest] = recentFacts.keys();
  if (recentFacts.size > MAX_RECENT && oldest !== undefined) recentFacts.delete(oldest);
  return units;
}

const recentFacts = new Map<string, readonly ArticleUnit[]>();

function parseUnits(markdown: string, withAnswers = false): ArticleUnit[] {
  const root: Root = parser.parse(markdown);
  const units: ArticleUnit[] = [];
  const headings: { depth: number; text: string }[] = [];
  root.children.forEach((node, block) => {
    if (node.type === 'heading') {
      while ((headings.at(-1)?.depth ?? 0) >= node.depth) headings.pop();
      headings.push({ depth: node.depth, text: plainText(node).text });
      return;
    }
    const headingPath = headings.map(({ text }) => text);
    for (const unit of blockUnits(node, withAnswers)) {
      units.push({ ...unit, headingPath, block, position: units.length });
    }
  });
  return units;
}

type BlockUnit = Pick<ArticleUnit, 'kind' | 'text' | 'span' | 'context'>;

function blockUnits(node: RootContent, withAnswers: boolean): BlockUnit[] {
  switch (node.type) {
    case 'paragraph':
      return paragraphUnits(node);
    case 'list':
      return listUnits(node);
    case 'table':
      return tableUnits(node, withAnswers);
    default:
      return [];
  }
}

function paragraphUnits(node: Paragraph): BlockUnit[] {
  const { text, offsets } = plainText(node);
  return sentencesOf(text).map((piece) => ({
    kind: 'sentence',
    text: piece.text,
    span: { start: offsets[piece.start] ?? 0, end: (offsets[piece.end - 1] ?? 0) + 1 },
    context: '',
  }));
}

function listUnits(list: List): BlockUnit[] {
  return list.children.flatMap((item) => {
    const first = item.children[0];
    if (first?.type !== 'paragraph') return [];
    const { text, offsets } = plainText(first);
    if (text.trim() === '') return [];
    const span = { start: offsets[0] ?? 0, end: (offsets.at(-1) ?? 0) + 1 };
    return [
      { kind: list.ordered ? ('step' as const) : ('bullet' as const), text: text.trim(), span, context: '' },
    ];
  });
}

/** Cells with more words than this are sentences of their own and need no column name. */
const LONG_CELL_WORDS = 4;

/** A row reads as `<first cell>: <column> <cell>, <column> <cell>.`; with two columns the second name says nothing new. */
function tableUnits(table: Table, withAnswers: boolean): BlockUnit[] {
  const [head, ...rows] = table.children;
  const columns = (head?.children ?? []).map((cell) => plainText(cell).text.trim());
  return rows.flatMap((row) => {
    const cells = row.children.map((cell) => plainText(cell).text.trim());
    const [subject, ...values] = cells;
    const position = row.position;
    if (!subject || !position) return [];
    const isLong = values.some((value) => value.split(/\s+/).length > LONG_CELL_WORDS);
    const isPlain = values.length === 1 || isLong;
    // Names keep their capitals where they are compared, not read.
    const asSaid = withAnswers ? (value: string): string => value : lowerFirst;
    const parts = values.flatMap((value, at) => {
      if (value === '') return [];
      return [isPlain ? asSaid(value) : `${lowerFirst(columns[at + 1] ?? '')} ${asSaid(value)}`.trim()];
    });
    const span = { start: position.start.offset ?? 0, end: position.end.offset ?? 0 };
    // Yes and no mean nothing away from their column.
    if (values.some((value) => /^(?:yes|no)\b/i.test(value)))
      return withAnswers ? answerUnits(subject, values, columns, span) : [];
    if (parts.length === 0) return [];
    return [
      {
        kind: 'row' as const,
        text: `${subject}: ${parts.join(isLong ? '; ' : ', ')}.`,
        span,
        context: columns.join(' '),
      },
    ];
  });
}

/** `<first cell>: <column>: <cell>.`, one for each cell. */
function answerUnits(
  subject: string,
  values: readonly string[],
  columns: readonly string[],
  span: Span,
): BlockUnit[] {
  return values.flatMap((value, at) =>
    value === ''
      ? []
      : [
          {
            kind: 'row' as const,
            text: `${subject}: ${lowerFirst(columns[at + 1] ?? '')}: ${value}.`,
            span,
            context: columns[0] ?? '',
          },
        ],
  );
}

function lowerFirst(text: string): string {
  return /^\p{Lu}\p{Ll}+(?:\s|$|-)/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

/** Text of a node without marks, and for each of its characters where it stands in the source. */
function plainText(node: Nodes): { text: string; offsets: number[] } {
  let text = '';
  const offsets: number[] = [];
  const visit = (child: Nodes): void => {
    const start = child.position?.start.offset ?? 0;
    if (child.type === 'text' || child.type === 'inlineCode') {
      const shift = child.type === 'inlineCode' ? 1 : 0;
      const value = child.value.replace(/\s/g, ' ');
      for (let at = 0; at < value.length; at += 1) offsets.push(start + shift + at);
      text += value;
    } else if (child.type === 'break') {
      text += ' ';
      offsets.push(start);
    } else if ('children' in child) child.children.forEach(visit);
  };
  visit(node);
  return { text, offsets };
}
