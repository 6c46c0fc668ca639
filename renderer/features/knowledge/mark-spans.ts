import type { Span } from '../../../shared/domain/evidence.js';

/** A stretch of the Markdown to mark, and how. Later ones win where two overlap. */
export interface MarkedSpan {
  readonly span: Span;
  /** `instruction`: what speaks to an assistant. */
  readonly kind: 'passage' | 'cited' | 'instruction';
}

/** The parts of an HTML tree this file reads and writes. */
interface HtmlNode {
  type: string;
  tagName?: string;
  value?: string;
  properties?: Record<string, unknown>;
  children?: HtmlNode[];
  position?: { start: { offset?: number }; end: { offset?: number } } | undefined;
}

type Kind = MarkedSpan['kind'] | null;

/**
 * A rehype plugin that wraps the text inside the spans into `mark` elements.
 *
 * Spans are offsets into the Markdown source. Each text node knows where in the source it came from; since escapes,
 * entities and the indent of wrapped lines are in the source but not in the text, the two are aligned character by
 * character. Text without a place of its own (fenced code) takes the place of its parent.
 */
export function markSpans(source: string, spans: readonly MarkedSpan[]) {
  return () => (tree: HtmlNode) => visit(tree, source, spans);
}

function visit(parent: HtmlNode, source: string, spans: readonly MarkedSpan[]): void {
  if (!parent.children) return;
  parent.children = parent.children.flatMap((child) => {
    if (child.type !== 'text') {
      visit(child, source, spans);
      return [child];
    }
    return markText(child, child.position ?? parent.position, source, spans);
  });
}

function markText(
  node: HtmlNode,
  position: HtmlNode['position'],
  source: string,
  spans: readonly MarkedSpan[],
): HtmlNode[] {
  const value = node.value ?? '';
  const from = position?.start.offset;
  const to = position?.end.offset;
  const isTouched =
    from !== undefined && to !== undefined && spans.some(({ span }) => span.start < to && span.end > from);
  if (!isTouched || value.trim() === '') return [node];
  const kinds = kindsOf(value, source, from, to, spans);
  const parts: HtmlNode[] = [];
  for (let start = 0; start < value.length;) {
    const kind = kinds[start] ?? null;
    let end = start + 1;
    while (end < value.length && (kinds[end] ?? null) === kind) end += 1;
    const text: HtmlNode = { type: 'text', value: value.slice(start, end) };
    parts.push(kind === null ? text : mark(text, kind));
    start = end;
  }
  return parts;
}

/** For each character of the text, how it is marked. */
function kindsOf(
  value: string,
  source: string,
  from: number,
  to: number,
  spans: readonly MarkedSpan[],
): readonly Kind[] {
  const kinds: Kind[] = [];
  let at = from;
  for (const character of value) {
    const found = source.indexOf(character, at);
    const place = found >= 0 && found < to ? found : at;
    const kind = spans.findLast(({ span }) => place >= span.start && place < span.end)?.kind ?? null;
    for (let unit = 0; unit < character.length; unit += 1) kinds.push(kind);
    at = place === found ? found + character.length : at;
  }
  return kinds;
}

function mark(text: HtmlNode, kind: MarkedSpan['kind']): HtmlNode {
  return { type: 'element', tagName: 'mark', properties: { dataKind: kind }, children: [text] };
}
