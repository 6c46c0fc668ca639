import { readFile } from 'node:fs/promises';

import { throwIfCancelled } from '../cancellation.js';
import type { PageStart } from '../chunks/page-start.js';
import { parseFields, type ArticleFields } from './article-fields.js';
import { FileWithoutText, ProtectedFile, UnreadableFile } from './failure-reason.js';
import { markdownOf } from './markdown-text.js';
import { blocksOf, headingSizesOf } from './pdf-blocks.js';
import { inspectPdf } from './pdf-guard.js';
import { bodySize, linesOf, withoutFrames, type PdfLine, type PdfPiece } from './pdf-layout.js';
import type { ReadItem, SourceReader } from './source-reader.js';

/** The parser holds the file and what it unpacks of it. */
const MAX_BYTES = 100 * 1024 * 1024;
/** A thousand-page book has about 3 million. */
const MAX_CHARACTERS = 20_000_000;

/**
 * `.pdf`: one article, its passages with their page. Headings where letters are larger, tables where columns are aligned;
 * running heads and page numbers are left out. A page without text is listed, the rest goes on.
 */
export const pdfReader: SourceReader = {
  id: 'pdf-1',
  async *read(file, signal) {
    if (file.size > MAX_BYTES) throw new UnreadableFile('The file is larger than 100 MB: split it.');
    const { failures, pages, fields } = await readPdf(await readFile(file.path), signal);
    yield* failures;
    if (pages.every((page) => page.length === 0)) {
      throw new FileWithoutText(
        'It holds no text, only pictures: run it through text recognition (OCR) first.',
      );
    }
    yield { article: { key: null, fields, ...markdownOfPages(pages) } };
  },
};

/** A PDF as its pages hold it. */
export interface ReadPdf {
  /** How many pages the document has. */
  readonly pageCount: number;
  /** The lines of each page that was read; none where it has no text or is damaged. */
  readonly pages: readonly (readonly PdfLine[])[];
  /** Pages without text. */
  readonly failures: readonly ReadItem[];
  readonly fields: ArticleFields;
}

/**
 * Reads the lines of a PDF, page by page; where only so much is of use, half of it from the first pages on and half from the last ones back.
 * @throws UnreadableFile for what is no sound PDF; SUGGESTION_CANCELLED when the signal aborts.
 */
export async function readPdf(bytes: Buffer, signal?: AbortSignal, enough = Infinity): Promise<ReadPdf> {
  await inspectPdf(bytes, signal);
  const { getDocumentProxy } = await import('unpdf');
  const document = (await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 }).catch(
    (cause: unknown) => {
      throw problemOf(cause);
    },
  )) as PdfDocument;
  try {
    const head: PdfLine[][] = [];
    const tail: PdfLine[][] = [];
    const failures: ReadItem[] = [];
    let characters = 0;
    /** Of them, without gaps. */
    let useful = 0;
    while (head.length + tail.length < document.numPages && useful < enough) {
      const isHead = useful < enough / 2;
      const number = isHead ? head.length + 1 : document.numPages - tail.length;
      const add = (lines: PdfLine[]): unknown => (isHead ? head.push(lines) : tail.unshift(lines));
      throwIfCancelled(signal);
      try {
        const page = await document.getPage(number);
        const pieces = await piecesOf(page, signal);
        characters += pieces.reduce((sum, { text }) => sum + text.length, 0);
        useful += pieces.reduce((sum, { text }) => sum + text.trim().length, 0);
        const lines = linesOf(pieces);
        page.cleanup();
        add(lines);
        if (characters > MAX_CHARACTERS) throw tooMuchText();
        if (lines.length === 0) {
          failures.push({
            failure: { place: number, reason: 'The page has no text: it is a scan or empty.' },
          });
        }
      } catch (cause) {
        throwIfCancelled(signal);
        if (cause instanceof UnreadableFile) throw cause;
        add([]);
        const reason = cause instanceof Error ? cause.message : String(cause);
        failures.push({ failure: { place: number, reason: `The page is damaged: ${reason}` } });
      }
    }
    const pages = [...head, ...tail];
    return { pageCount: document.numPages, pages, failures, fields: await fieldsOf(document) };
  } finally {
    await document.destroy();
  }
}

/** What is used of pdf.js, whose types its package names where the compiler does not find them. */
interface PdfDocument {
  readonly numPages: number;
  getPage(number: number): Promise<PdfPage>;
  getMetadata(): Promise<{ info: object }>;
  destroy(): Promise<void>;
}

interface PdfPage {
  streamTextContent(): ReadableStream<{ items: readonly (TextItem | { readonly type: string })[] }>;
  cleanup(): void;
}

/** The texts of a page, taken as they are read: one page may hold any number of them. */
async function piecesOf(page: PdfPage, signal: AbortSignal | undefined): Promise<PdfPiece[]> {
  const pieces: PdfPiece[] = [];
  for await (const { items } of page.streamTextContent()) {
    throwIfCancelled(signal);
    for (const item of items) pieces.push(...pieceOf(item));
    if (pieces.length > MAX_CHARACTERS / 10) throw tooMuchText();
  }
  return pieces;
}

const tooMuchText = (): UnreadableFile =>
  new UnreadableFile('It holds more text than ten thousand pages: split it.');

function problemOf(cause: unknown): Error {
  const name = cause instanceof Error ? cause.name : '';
  if (name === 'PasswordException') {
    return new ProtectedFile('It is protected by a password: save a copy without one.');
  }
  const message = cause instanceof Error ? cause.message : String(cause);
  return new UnreadableFile(`It is damaged or not a PDF: ${message}`);
}

function pieceOf(item: { readonly type: string } | TextItem): PdfPiece[] {
  if (!('str' in item)) return [];
  const [, , c = 0, d = 0, x = 0, y = 0] = item.transform;
  return [{ text: item.str, x, y, width: item.width, size: Math.hypot(c, d) }];
}

interface TextItem {
  readonly str: string;
  readonly transform: readonly number[];
  readonly width: number;
}

function markdownOfPages(read: readonly (readonly PdfLine[])[]): { markdown: string; pages: PageStart[] } {
  const pages = withoutFrames(read);
  const size = bodySize(pages);
  const headingSizes = headingSizesOf(pages.flat(), size);
  const starts: PageStart[] = [];
  let markdown = '';
  for (const [i, lines] of pages.entries()) {
    const text = markdownOf({ type: 'root', children: blocksOf(lines, size, headingSizes) }).trim();
    if (text === '') continue;
    if (markdown !== '') markdown += '\n\n';
    starts.push({ page: i + 1, offset: markdown.length });
    markdown += text;
  }
  return { markdown: `${markdown}\n`, pages: starts };
}

/** What the document says of itself; titles that are file names of another program say nothing. */
async function fieldsOf(document: PdfDocument): Promise<ArticleFields> {
  const { info } = await document.getMetadata().catch(() => ({ info: {} }));
  const { Title, ModDate } = info as { Title?: unknown; ModDate?: unknown };
  const values: Record<string, string> = {};
  if (
    typeof Title === 'string' &&
    Title.trim() !== '' &&
    !/\.\w{2,5}$|^(?:untitled|microsoft word)/i.test(Title)
  ) {
    values['title'] = Title.replace(/\s+/g, ' ');
  }
  const date = typeof ModDate === 'string' ? /^(?:D:)?(\d{4})(\d\d)(\d\d)/.exec(ModDate) : null;
  if (date) values['updated'] = date.slice(1, 4).join('-');
  try {
    return parseFields(values);
  } catch {
    return {};
  }
}
