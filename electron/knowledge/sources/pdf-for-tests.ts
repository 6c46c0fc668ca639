import { deflateSync } from 'node:zlib';

/** A line on a page: where its letters begin, in points from the left and the bottom, and how large they are. */
export interface TestLine {
  readonly text: string;
  readonly x?: number;
  readonly y: number;
  readonly size?: number;
}

/**
 * Writes a PDF by hand: one page for each list of lines, in Helvetica; an empty list is a page without text. `trailer` adds
 * entries to the trailer.
 */
export function pdfForTests(
  pages: readonly (readonly TestLine[])[],
  { trailer = '', info = '' }: { readonly trailer?: string; readonly info?: string } = {},
): Buffer {
  const objects: string[] = [];
  const add = (body: string): number => objects.push(body);
  const font = add('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>');
  const parent = font + 1 + pages.length * 2;
  const kids = pages.map((lines) => {
    const content = lines
      .map(
        ({ text, x = 72, y, size = 11 }) =>
          `BT /F1 ${String(size)} Tf 1 0 0 1 ${String(x)} ${String(y)} Tm (${text.replace(/[\\()]/g, '\\$&')}) Tj ET`,
      )
      .join('\n');
    const stream = add(
      `<< /Length ${String(Buffer.byteLength(content, 'latin1'))} >>\nstream\n${content}\nendstream`,
    );
    return add(
      `<< /Type /Page /Parent ${String(parent)} 0 R /MediaBox [0 0 595 842] /Contents ${String(stream)} 0 R ` +
        `/Resources << /Font << /F1 ${String(font)} 0 R >> >> >>`,
    );
  });
  add(
    `<< /Type /Pages /Count ${String(kids.length)} /Kids [${kids.map((id) => `${String(id)} 0 R`).join(' ')}] >>`,
  );
  const catalog = add(`<< /Type /Catalog /Pages ${String(parent)} 0 R >>`);
  const infoId = add(`<< ${info} >>`);
  let text = '%PDF-1.4\n';
  const offsets = objects.map((body, i) => {
    const offset = text.length;
    text += `${String(i + 1)} 0 obj\n${body}\nendobj\n`;
    return offset;
  });
  const start = text.length;
  text += `xref\n0 ${String(objects.length + 1)}\n0000000000 65535 f \n`;
  text += offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  text += `trailer\n<< /Size ${String(objects.length + 1)} /Root ${String(catalog)} 0 R /Info ${String(infoId)} 0 R ${trailer} >>\n`;
  text += `startxref\n${String(start)}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}

/** One page whose content is deflated; `bytes` is what it unpacks to, `filter` what its dictionary says of it. */
export function deflatedPdfForTests(
  bytes: Buffer,
  filter = '/Filter /FlateDecode',
  packed = deflateSync(bytes),
): Buffer {
  const parts = [
    '%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Count 1 /Kids [3 0 R] >>\nendobj\n',
    '3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> >> >>\nendobj\n',
    '4 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\nendobj\n',
    `5 0 obj\n<< /Length ${String(packed.length)} ${filter} >>\nstream\n`,
  ];
  // Without a table of its objects, which every parser then looks for.
  return Buffer.concat([
    Buffer.from(parts.join('')),
    packed,
    Buffer.from('\nendstream\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n'),
  ]);
}

/** Trailer entries of a PDF that asks for a password. */
export const ENCRYPTED_TRAILER =
  `/ID [<${'41'.repeat(16)}> <${'41'.repeat(16)}>] ` +
  `/Encrypt << /Filter /Standard /V 1 /R 2 /P -44 /Length 40 /O <${'5a'.repeat(32)}> /U <${'a5'.repeat(32)}> >>`;
