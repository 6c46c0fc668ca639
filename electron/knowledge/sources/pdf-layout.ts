/** A piece of text on a page, as pdf.js gives it; lengths in points, `y` from the bottom. */
export interface PdfPiece {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
}

export interface PdfLine {
  readonly text: string;
  readonly y: number;
  readonly size: number;
  /** Texts parted by wide gaps, with where each begins. */
  readonly cells: readonly { readonly text: string; readonly x: number }[];
}

/** A gap of this many letter heights is the space between two columns of a table. */
const CELL_GAP = 1.5;
/** A smaller gap is a space that the page leaves out. */
const WORD_GAP = 0.18;

/** Puts the pieces of a page together to lines, in the order the page draws them. */
export function linesOf(pieces: readonly PdfPiece[]): PdfLine[] {
  const lines: PdfPiece[][] = [];
  for (const piece of pieces) {
    if (piece.text === '') continue;
    const line = lines.at(-1);
    const last = line?.at(-1);
    const isSameLine =
      last && Math.abs(last.y - piece.y) < Math.max(last.size, piece.size) * 0.5 && piece.x >= last.x - 1;
    if (isSameLine) line?.push(piece);
    else lines.push([piece]);
  }
  return lines.map(lineOf).filter(({ text }) => text !== '');
}

function lineOf(pieces: readonly PdfPiece[]): PdfLine {
  const cells: { text: string; x: number }[] = [];
  let end: number | null = null;
  for (const { text, x, width, size } of pieces) {
    const gap = end === null ? 0 : x - end;
    const isWhite = text.trim() === '';
    const cell = cells.at(-1);
    if (!cell || (gap > size * CELL_GAP && !isWhite)) cells.push({ text, x });
    else
      cell.text += gap > size * WORD_GAP && !/\s$/.test(cell.text) && !/^\s/.test(text) ? ` ${text}` : text;
    // White space drawn as one wide piece is a gap as well.
    if (!isWhite) end = x + width;
  }
  const clean = cells
    .map(({ text, x }) => ({ x, text: text.replace(/\s+/g, ' ').trim() }))
    .filter(({ text }) => text !== '');
  return {
    text: clean.map(({ text }) => text).join(' '),
    cells: clean,
    y: pieces[0]?.y ?? 0,
    size: sizeOf(pieces),
  };
}

/** The size most letters of a line have. */
function sizeOf(pieces: readonly PdfPiece[]): number {
  const letters = new Map<number, number>();
  for (const { text, size } of pieces) {
    const rounded = Math.round(size * 2) / 2;
    letters.set(rounded, (letters.get(rounded) ?? 0) + text.trim().length);
  }
  return [...letters].reduce((best, next) => (next[1] > best[1] ? next : best), [0, -1])[0];
}

/** The size most text of a document has: what is clearly larger is a heading. */
export function bodySize(pages: readonly (readonly PdfLine[])[]): number {
  const letters = new Map<number, number>();
  for (const { size, text } of pages.flat()) letters.set(size, (letters.get(size) ?? 0) + text.length);
  return [...letters].reduce((best, next) => (next[1] > best[1] ? next : best), [0, -1])[0];
}

const FRAME_LINES = 2;
const MIN_REPEATS = 3;

/** Leaves out the running heads, feet and page numbers: first and last lines that most pages share but for their digits. */
export function withoutFrames(pages: readonly (readonly PdfLine[])[]): PdfLine[][] {
  const keyOf = ({ text }: PdfLine): string => text.replace(/\d+/g, '#');
  const isFrame = (at: number, of: number): boolean => at < FRAME_LINES || at >= of - FRAME_LINES;
  const uses = new Map<string, number>();
  for (const page of pages) {
    for (const key of new Set(page.filter((_, i) => isFrame(i, page.length)).map(keyOf))) {
      uses.set(key, (uses.get(key) ?? 0) + 1);
    }
  }
  const limit = Math.max(MIN_REPEATS, pages.length / 2);
  return pages.map((page) =>
    page.filter((line, i) => {
      if (!isFrame(i, page.length)) return true;
      const isNumber = /^(?:page |seite )?\d+(?: ?(?:\/|of|von) ?\d+)?$/i.test(line.text);
      return !((isNumber && page.length > 1) || (uses.get(keyOf(line)) ?? 0) >= limit);
    }),
  );
}
