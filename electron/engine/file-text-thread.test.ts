import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { docxForTests, paragraph } from '../knowledge/sources/docx-for-tests.js';
import { ENCRYPTED_TRAILER, pdfForTests } from '../knowledge/sources/pdf-for-tests.js';
import { bundleWorkerForTests, type TestBundle } from './bundle-worker-for-tests.js';
import { readFileTextInThread, type ReadFileText } from './file-text-thread.js';

describe('A file read in a thread of its own', () => {
  let bundle: TestBundle;
  let read: ReadFileText;
  const never = new AbortController().signal;
  beforeAll(async () => {
    bundle = await bundleWorkerForTests();
    read = readFileTextInThread(bundle.file);
  });
  afterAll(() => bundle.remove());

  // Catches: a parser that is not in the bundle of the worker, and a thread that never answers.
  it('gives its text', async () => {
    const pdf = pdfForTests([[{ text: 'Order HP-104233', y: 700 }]]);
    expect(await read(pdf, 'a.pdf', never)).toEqual({ text: 'Order HP-104233', pages: 1 });
    const docx = await docxForTests(paragraph('My lamp is broken.'));
    expect(await read(docx, 'a.docx', never)).toEqual({ text: 'My lamp is broken.', pages: null });
  });

  // Catches: a failure that crosses as a bug, or without what to do next.
  it.each([
    ['ATTACHMENT_PROTECTED', pdfForTests([[{ text: 'x', y: 1 }]], { trailer: ENCRYPTED_TRAILER }), 'a.pdf'],
    ['ATTACHMENT_WITHOUT_TEXT', pdfForTests([[]]), 'a.pdf'],
    ['ATTACHMENT_KIND_UNREADABLE', Buffer.from('MZ'), 'a.exe'],
    ['ATTACHMENT_DAMAGED', Buffer.from('%PDF-1.4'), 'a.pdf'],
  ])('says %s', async (code, bytes, name) => {
    await expect(read(bytes, name, never)).rejects.toMatchObject({ error: { code } });
  });

  // Catches: a file that keeps the machine busy after nobody waits for it any more.
  it('ends with its signal', async () => {
    const controller = new AbortController();
    const huge = pdfForTests(
      Array.from({ length: 2_000 }, (_, page) =>
        Array.from({ length: 40 }, (_, at) => ({
          text: `Line ${String(at)} of ${String(page)}`,
          y: 800 - at * 18,
        })),
      ),
    );
    const reading = read(huge, 'a.pdf', controller.signal);
    setTimeout(() => controller.abort(new Error('enough')), 300);
    const startedAt = performance.now();
    await expect(reading).rejects.toThrow('enough');
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    await expect(read(huge, 'a.pdf', controller.signal)).rejects.toThrow('enough');
  });
});
