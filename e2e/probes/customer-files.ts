import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';

import yazl from 'yazl';

import { repoRoot } from '../launch.js';

const PASSWORD_ASKED =
  `/ID [<${'41'.repeat(16)}> <${'41'.repeat(16)}>] ` +
  `/Encrypt << /Filter /Standard /V 1 /R 2 /P -44 /Length 40 /O <${'5a'.repeat(32)}> /U <${'a5'.repeat(32)}> >>`;

/** A PDF with one page for each list of lines; with `isLocked` it asks for a password. */
export function pdfOf(pages: readonly (readonly string[])[], isLocked = false): Buffer {
  const objects = ['<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>'];
  const root = 2 + pages.length * 2;
  for (const lines of pages) {
    const text = lines.map(
      (line, at) => `BT /F1 11 Tf 1 0 0 1 72 ${String(780 - at * 20)} Tm (${line}) Tj ET`,
    );
    const content = text.join('\n');
    objects.push(`<< /Length ${String(content.length)} >>\nstream\n${content}\nendstream`);
    objects.push(
      `<< /Type /Page /Parent ${String(root)} 0 R /MediaBox [0 0 595 842] /Contents ${String(objects.length)} 0 R /Resources << /Font << /F1 1 0 R >> >> >>`,
    );
  }
  const kids = pages.map((_, at) => `${String(3 + at * 2)} 0 R`).join(' ');
  objects.push(`<< /Type /Pages /Count ${String(pages.length)} /Kids [${kids}] >>`);
  objects.push(`<< /Type /Catalog /Pages ${String(root)} 0 R >>`);
  let file = '%PDF-1.4\n';
  const offsets = objects.map((body, at) => {
    const offset = file.length;
    file += `${String(at + 1)} 0 obj\n${body}\nendobj\n`;
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const start = file.length;
  file += `xref\n0 ${String(objects.length + 1)}\n0000000000 65535 f \n${offsets.join('')}`;
  file += `trailer\n<< /Size ${String(objects.length + 1)} /Root ${String(objects.length)} 0 R ${isLocked ? PASSWORD_ASKED : ''} >>\n`;
  return Buffer.from(`${file}startxref\n${String(start)}\n%%EOF\n`, 'latin1');
}

/** A Word document with these paragraphs. */
export async function docxOf(paragraphs: readonly string[]): Promise<Buffer> {
  const head = '<?xml version="1.0" encoding="UTF-8"?>';
  const packages = 'http://schemas.openxmlformats.org/package/2006';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument';
  const word = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
  const kind = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';
  const body = paragraphs.map((text) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`).join('');
  const parts = {
    '[Content_Types].xml': `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="${kind}"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}" Target="word/document.xml"/></Relationships>`,
    'word/document.xml': `<w:document xmlns:w="${word}"><w:body>${body}</w:body></w:document>`,
  };
  const zip = new yazl.ZipFile();
  for (const [name, text] of Object.entries(parts)) zip.addBuffer(Buffer.from(head + text), name);
  zip.end();
  return buffer(zip.outputStream);
}

/** A picture: one of the documents' own screens. */
export const pictureOf = (): Promise<Buffer> =>
  readFile(path.join(repoRoot, 'docs/screens/full-dark-withheld.png'));
