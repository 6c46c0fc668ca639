import iconv from 'iconv-lite';

import { readDocx } from './docx-reader.js';
import { FileWithoutText, ProtectedFile, UnreadableFile } from './failure-reason.js';
import { encodingOfBytes } from './inspect-file.js';
import { readPdf } from './pdf-reader.js';

/** The words of one file, with line ends `\n`. */
export interface FileText {
  readonly text: string;
  /** Null where the kind of file has no pages. */
  readonly pages: number | null;
  /** Pages in the middle were not read, since nothing of them would be kept. */
  readonly isCut?: true;
}

/** Far more than is kept of one file: a rep waits for it, and a book of thousands of pages takes longer than they do. */
const ENOUGH_CHARACTERS = 100_000;

/** A kind of file whose text is not read. */
export class UnknownKind extends UnreadableFile {
  override readonly name = 'UnknownKind';
}

const PLAIN = /\.(?:txt|text|csv|tsv|log|md)$/iu;

/**
 * The text of a file that is held whole: PDF, DOCX, plain text, CSV. What it is, is read from its bytes; only plain text goes by its name.
 * The limits on what a file may unpack to are those of the importer. A PDF is read as far as its text is of use to a run.
 * @throws UnknownKind for other kinds, ProtectedFile where a password is asked for, FileWithoutText for pictures alone, UnreadableFile or
 *   an Error of the parser for damage.
 */
export async function fileTextOf(bytes: Buffer, name: string): Promise<FileText> {
  if (bytes.length === 0) throw new UnreadableFile('The file is empty.');
  // A PDF may have some bytes before its mark.
  if (bytes.subarray(0, 1024).includes('%PDF-')) return pdfText(bytes);
  if (bytes.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]))) throw oldOffice(bytes);
  if (bytes.subarray(0, 4).equals(Buffer.from('PK\x03\x04'))) return docxText(bytes);
  const encoding = PLAIN.test(name) ? encodingOfBytes(bytes) : null;
  if (encoding === null || !iconv.encodingExists(encoding)) throw new UnknownKind('It is of another kind.');
  return { text: withText(iconv.decode(bytes, encoding)), pages: null };
}

async function pdfText(bytes: Buffer): Promise<FileText> {
  const { pages, pageCount } = await readPdf(bytes, undefined, ENOUGH_CHARACTERS);
  const texts = pages.map((lines) => lines.map(lineText).join('\n')).filter((text) => text !== '');
  return {
    text: withText(texts.join('\n\n')),
    pages: pageCount,
    ...(pages.length < pageCount ? { isCut: true } : {}),
  };
}

/** Wide gaps part columns, which would read as one sentence. */
const lineText = ({ cells }: { readonly cells: readonly { readonly text: string }[] }): string =>
  cells.map(({ text }) => text).join('  ');

async function docxText(bytes: Buffer): Promise<FileText> {
  const { markdown } = await readDocx(bytes).catch((cause: unknown) => {
    // Other programs pack their files the same way.
    const isOther = cause instanceof UnreadableFile && cause.message.includes('no Word document');
    throw isOther ? new UnknownKind('It is an archive, but no Word document.') : cause;
  });
  // Marks that Markdown needs to mean a letter.
  return { text: withText(markdown.replace(/\\([!-/:-@[-`{-~])/gu, '$1')), pages: null };
}

/** Microsoft's container for what is encrypted names its stream in UTF-16 (MS-OFFCRYPTO 2.3.4.4); else it is an old Office file. */
function oldOffice(bytes: Buffer): UnreadableFile {
  return bytes.includes(Buffer.from('EncryptedPackage', 'utf16le'))
    ? new ProtectedFile('It is protected by a password.')
    : new UnknownKind('It is in an old Office format.');
}

function withText(text: string): string {
  const clean = text
    .replace(/\r\n?/gu, '\n')
    .replaceAll('\0', '')
    .replace(/\n{3,}/gu, '\n\n')
    .trim();
  if (clean === '') throw new FileWithoutText('It holds no text.');
  return clean;
}
