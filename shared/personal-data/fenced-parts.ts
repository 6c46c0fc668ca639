/** A piece of a text as somebody wrote it, and where each of its lines stands in the whole. */
export interface TextPart {
  readonly text: string;
  readonly lines: readonly { readonly at: number; readonly from: number; readonly length: number }[];
}

const OPENING = /^<<(?!END )[\w.-]+(?: [\w.-]+)? [0-9a-f]{16,64}>>$/u;
const CLOSING = /^<<END [0-9a-f]{16,64}>>$/u;
const LINE_MARK = /^\| ?/u;

/**
 * A prompt in its parts: each fenced text of somebody else alone, without the marks of its lines, and what stands between them. Rules for
 * signatures, greetings and addresses go by how lines begin and where a text ends, which a fence hides. A text without fences is one part.
 */
export function fencedParts(text: string): TextPart[] {
  const parts: Line[][] = [[]];
  let isInside = false;
  let at = 0;
  for (const line of text.split('\n')) {
    const mark = isInside ? (LINE_MARK.exec(line)?.[0].length ?? 0) : 0;
    if (isInside ? CLOSING.test(line) : OPENING.test(line)) {
      isInside = !isInside;
      parts.push([]);
    } else {
      parts.at(-1)?.push({ at: at + mark, text: line.slice(mark) });
    }
    at += line.length + 1;
  }
  return parts.filter((lines) => lines.length > 0).map(partOf);
}

/**
 * Where a span of a part stands in the whole text; one span a line where line marks are within it, which stay where they are.
 */
export function placesOf(part: TextPart, start: number, end: number): { start: number; end: number }[] {
  const pieces: { start: number; end: number }[] = [];
  for (const { at, from, length } of part.lines) {
    const first = Math.max(start, from);
    const last = Math.min(end, from + length);
    if (first >= last) continue;
    const piece = { start: at + first - from, end: at + last - from };
    const before = pieces.at(-1);
    // Lines that follow each other without a mark between them are one span.
    if (before?.end === piece.start - 1) before.end = piece.end;
    else pieces.push(piece);
  }
  return pieces;
}

interface Line {
  readonly at: number;
  readonly text: string;
}

function partOf(lines: readonly Line[]): TextPart {
  let from = 0;
  const placed = lines.map(({ at, text }) => {
    const line = { at, from, length: text.length };
    from += text.length + 1;
    return line;
  });
  return { text: lines.map(({ text }) => text).join('\n'), lines: placed };
}
