import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import yazl from 'yazl';
import { buffer } from 'node:stream/consumers';

import { docxForTests, paragraph, table } from './docx-for-tests.js';
import { fileTextOf } from './file-text.js';
import { deflatedPdfForTests, ENCRYPTED_TRAILER, pdfForTests } from './pdf-for-tests.js';

const invoice = [
  [
    { text: 'Invoice 2026-118', y: 780, size: 18 },
    { text: 'Order HP-104233', y: 740 },
    { text: 'Wool blanket', x: 72, y: 700 },
    { text: '89.00 EUR', x: 420, y: 700 },
  ],
  [{ text: 'Paid by card on 3 November.', y: 780 }],
];

async function zipOf(name: string): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  zip.addBuffer(Buffer.from('hello'), name);
  zip.end();
  return buffer(zip.outputStream);
}

describe('The text of a file', () => {
  // Catches: pages that are not counted, columns that run into one word, Markdown in a customer's words.
  it('of a PDF, with its pages', async () => {
    const { text, pages } = await fileTextOf(pdfForTests(invoice), 'invoice.pdf');
    expect(pages).toBe(2);
    expect(text).toBe(
      'Invoice 2026-118\nOrder HP-104233\nWool blanket  89.00 EUR\n\nPaid by card on 3 November.',
    );
  });

  // Catches: a book of which every page is read, for longer than a rep waits, though three pages of it are kept; pages that are not told.
  it('of a PDF of 3,000 pages, as far as it is of use', async () => {
    const lines = Array.from({ length: 40 }, (_, at) => ({
      text: `Line ${String(at)} of the terms of this warranty, which say the same on every page.`,
      y: 800 - at * 18,
    }));
    const begun = performance.now();
    const book = Array.from({ length: 3_000 }, (_, at) =>
      at === 0 || at === 2_999 ? [{ text: `Page ${String(at + 1)}`, y: 800 }] : lines,
    );
    const read = await fileTextOf(pdfForTests(book), 'terms.pdf');
    // Both ends of a long text are kept.
    expect(read.text.startsWith('Page 1\n')).toBe(true);
    expect(read.text.endsWith('\nPage 3000')).toBe(true);
    expect(read).toMatchObject({ pages: 3_000, isCut: true });
    expect(read.text.length).toBeGreaterThan(90_000);
    expect(read.text.length).toBeLessThan(130_000);
    expect(performance.now() - begun).toBeLessThan(15_000);
  });

  // Catches: escapes of Markdown inside an order number, and a table that is lost.
  it('of a Word document', async () => {
    const body =
      paragraph('Complaint', 'Heading1') +
      paragraph('My order HP_104233 (the *blue* lamp) arrived broken.') +
      table([
        ['Item', 'Price'],
        ['Lamp', '89 EUR'],
      ]);
    const { text, pages } = await fileTextOf(await docxForTests(body), 'letter.docx');
    expect(pages).toBeNull();
    expect(text).toContain('My order HP_104233 (the *blue* lamp) arrived broken.');
    expect(text).toMatch(/Lamp.*89 EUR/u);
  });

  // Catches: a list that is read in the wrong letters.
  it('of text and CSV in any encoding', async () => {
    expect((await fileTextOf(Buffer.from('a;b\r\n1;2\r\n'), 'list.csv')).text).toBe('a;b\n1;2');
    const german = 'Die Lampe ist zerbrochen, schöne Grüße aus München. Bitte ersetzen Sie sie.';
    expect((await fileTextOf(iconv.encode(german, 'utf16le', { addBOM: true }), 'brief.txt')).text).toBe(
      german,
    );
    expect((await fileTextOf(iconv.encode(german, 'windows-1252'), 'brief.txt')).text).toBe(german);
  });

  // Catches: a document that is refused for the ending of its name, and a program that is read for it.
  it('goes by the bytes, not by the name', async () => {
    expect((await fileTextOf(pdfForTests(invoice), 'scan.dat')).pages).toBe(2);
    for (const [bytes, name] of [
      [Buffer.from('MZ\0\0\0binary\x01\x02\x03'.repeat(50)), 'letter.txt'],
      [Buffer.from('<svg/>'), 'drawing.svg'],
      [await zipOf('sheet.xml'), 'letter.docx'],
      [Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), Buffer.alloc(600)]), 'old.doc'],
    ] as const)
      await expect(fileTextOf(bytes, name), name).rejects.toMatchObject({ name: 'UnknownKind' });
  });

  // Catches: a password that is told as damage.
  it('is not there behind a password', async () => {
    const locked = pdfForTests(invoice, { trailer: ENCRYPTED_TRAILER });
    await expect(fileTextOf(locked, 'a.pdf')).rejects.toMatchObject({ name: 'ProtectedFile' });
    const office = Buffer.concat([
      Buffer.from([0xd0, 0xcf, 0x11, 0xe0]),
      Buffer.from('EncryptedPackage', 'utf16le'),
    ]);
    await expect(fileTextOf(office, 'a.docx')).rejects.toMatchObject({ name: 'ProtectedFile' });
  });

  it('is not there where a page is a picture', async () => {
    await expect(fileTextOf(pdfForTests([[]]), 'scan.pdf')).rejects.toMatchObject({
      name: 'FileWithoutText',
    });
    await expect(fileTextOf(Buffer.from(' \n\n '), 'a.txt')).rejects.toMatchObject({
      name: 'FileWithoutText',
    });
  });

  // Catches: a damaged file, or one that unpacks without end, that gives half a text as if it were whole.
  it('is refused for damage, with a reason', async () => {
    await expect(fileTextOf(Buffer.from('%PDF-1.4 broken'), 'a.pdf')).rejects.toThrow(/damaged/u);
    const letter = await docxForTests(paragraph('Hello'));
    await expect(fileTextOf(letter.subarray(0, letter.length - 40), 'a.docx')).rejects.toThrow(/damaged/iu);
    await expect(fileTextOf(Buffer.alloc(0), 'a.pdf')).rejects.toThrow(/empty/u);
    const bomb = deflatedPdfForTests(Buffer.alloc(64 * 1024 * 1024, 0x20));
    expect(bomb.length).toBeLessThan(200_000);
    await expect(fileTextOf(bomb, 'a.pdf')).rejects.toThrow(/PDF bomb/u);
  });
});
