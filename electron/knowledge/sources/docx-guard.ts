import type { Readable } from 'node:stream';

import yauzl, { type Entry, type ZipFile } from 'yauzl';

import { ProtectedFile, UnreadableFile } from './failure-reason.js';

/** What a DOCX says of itself, read while its size was looked at. */
export interface DocxParts {
  readonly title: string | null;
  /** ISO date. */
  readonly modified: string | null;
}

const MAX_ENTRIES = 10_000;
/** Pictures count, too; they are never unpacked. */
const MAX_TOTAL_BYTES = 512 * 1024 * 1024;
/** The text of a thousand-page book is about 10 MB of XML. */
const MAX_XML_BYTES = 32 * 1024 * 1024;
/** Word's own XML packs to a tenth; deflate cannot do more than 1:1,032. */
const MAX_RATIO = 200;
const SMALL_BYTES = 1024 * 1024;

const CORE = 'docProps/core.xml';

/**
 * Looks at the archive of a DOCX before any library opens it: every part of XML is unpacked into nothing and counted, so
 * that a zip bomb is found by what it does, not by what it says.
 * @param file its path, or its bytes.
 * @throws UnreadableFile for what is no sound DOCX.
 */
export async function inspectDocx(file: string | Buffer): Promise<DocxParts> {
  const zip = await openZip(file);
  let total = 0;
  let xml = 0;
  let hasDocument = false;
  let core = '';
  try {
    if (zip.entryCount > MAX_ENTRIES) throw bomb();
    for await (const entry of entriesOf(zip)) {
      total += entry.uncompressedSize;
      if (total > MAX_TOTAL_BYTES || isSuspicious(entry)) throw bomb();
      if (entry.isEncrypted())
        throw new ProtectedFile('It is protected by a password: save a copy without one.');
      hasDocument ||= entry.fileName === 'word/document.xml';
      if (!/\.(?:xml|rels)$/i.test(entry.fileName)) continue;
      const stream = await openEntry(zip, entry);
      for await (const block of stream) {
        xml += (block as Buffer).length;
        if (xml > MAX_XML_BYTES) {
          stream.destroy();
          throw bomb();
        }
        if (entry.fileName === CORE && core.length < SMALL_BYTES) core += (block as Buffer).toString();
      }
    }
  } catch (cause) {
    throw cause instanceof UnreadableFile ? cause : damaged(cause);
  } finally {
    zip.close();
  }
  if (!hasDocument) throw new UnreadableFile('It is a ZIP archive, but no Word document (.docx).');
  return {
    title: /<dc:title>([^<]+)</.exec(core)?.[1]?.trim() ?? null,
    modified: /<dcterms:modified[^>]*>(\d{4}-\d\d-\d\d)/.exec(core)?.[1] ?? null,
  };
}

function isSuspicious({ uncompressedSize, compressedSize }: Entry): boolean {
  return uncompressedSize > SMALL_BYTES && uncompressedSize > Math.max(1, compressedSize) * MAX_RATIO;
}

function bomb(): UnreadableFile {
  return new UnreadableFile('It unpacks to far more than a document holds (a zip bomb?) and was not opened.');
}

function damaged(cause: unknown): UnreadableFile {
  return new UnreadableFile(`It is damaged: ${cause instanceof Error ? cause.message : String(cause)}.`);
}

function openZip(file: string | Buffer): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    const options = { lazyEntries: true, autoClose: false, validateEntrySizes: true };
    const opened = (error: Error | null, zip: ZipFile): void => {
      if (error) {
        const isSystem = typeof (error as NodeJS.ErrnoException).code === 'string';
        reject(isSystem ? error : damaged(error));
      } else resolve(zip);
    };
    if (typeof file === 'string') yauzl.open(file, options, opened);
    else yauzl.fromBuffer(file, options, opened);
  });
}

async function* entriesOf(zip: ZipFile): AsyncGenerator<Entry> {
  for (;;) {
    const entry = await new Promise<Entry | null>((resolve, reject) => {
      const settle = (result: Entry | null | Error): void => {
        zip.off('entry', settle);
        zip.off('end', ended);
        zip.off('error', settle);
        if (result instanceof Error) reject(result);
        else resolve(result);
      };
      const ended = (): void => settle(null);
      zip.on('entry', settle);
      zip.on('end', ended);
      zip.on('error', settle);
      zip.readEntry();
    });
    if (!entry) return;
    yield entry;
  }
}

function openEntry(zip: ZipFile, entry: Entry): Promise<Readable> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error) reject(error);
      else resolve(stream);
    });
  });
}
