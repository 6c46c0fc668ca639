import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { ImportReport } from '../../shared/domain/knowledge-source.js';
import { silentLogger } from '../../shared/lib/logger.js';
import { openLocalKnowledgeBase, type LocalKnowledgeBase } from './local-knowledge-base.js';
import { docxForTests, paragraph } from './sources/docx-for-tests.js';
import { deflatedPdfForTests, ENCRYPTED_TRAILER, pdfForTests } from './sources/pdf-for-tests.js';

describe('Bad input', () => {
  let dir: string;
  let source: string;
  let knowledge: LocalKnowledgeBase;
  beforeEach(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'cuecard-bad-'));
    source = path.join(dir, 'source');
    await mkdir(source);
    await put('good.md', 'A good article about parcels.');
    knowledge = openLocalKnowledgeBase({
      workspaceDir: path.join(dir, 'workspace'),
      embedder: null,
      log: silentLogger,
    });
  });
  afterEach(async () => {
    await knowledge.close();
    await rm(dir, { recursive: true, force: true });
  });

  const file = (name: string): string => path.join(source, name);
  const put = (name: string, content: string | Buffer): Promise<void> => writeFile(file(name), content);
  const add = (): Promise<ImportReport> =>
    knowledge.addSource({ path: source, pool: 'articles', isWatched: false });
  const reasons = ({ failures }: ImportReport): Record<string, string> =>
    Object.fromEntries(failures.map(({ path: failed, reason }) => [path.basename(failed), reason]));

  it('is listed with what is wrong, kind by kind, while the rest comes in', async () => {
    const pdf = pdfForTests([[{ text: 'Words of a page', y: 700 }]]);
    const docx = await docxForTests(paragraph('Words of a document'));
    await put('encrypted.pdf', pdfForTests([[{ text: 'Secret', y: 700 }]], { trailer: ENCRYPTED_TRAILER }));
    await put('scan.pdf', pdfForTests([[], []]));
    await put('no.pdf', 'This is text.');
    const many = Buffer.alloc(40 * 1024 * 1024, ' ');
    await put('bomb.pdf', deflatedPdfForTests(many));
    await put('bomb-without-a-word.pdf', deflatedPdfForTests(many, '/Filter 9 0 R'));
    await put(
      'bomb-in-bomb.pdf',
      deflatedPdfForTests(many, '/Filter [/FlateDecode /FlateDecode]', deflateSync(deflateSync(many))),
    );
    await put(
      'deflated.pdf',
      deflatedPdfForTests(Buffer.from('BT /F1 11 Tf 72 700 Td (Deflated words) Tj ET')),
    );
    await put('cut.docx', docx.subarray(0, docx.length / 2));
    await put('old.docx', Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), Buffer.alloc(600)]));
    await put('no.docx', 'This is text.');
    await put('bomb.docx', await docxForTests('', { 'word/big.xml': Buffer.alloc(80 * 1024 * 1024, 'a') }));
    await put(
      'quote.csv',
      'question,answer\nHow long?,Two days.\nWhere?,"In the middle of\nnowhere, for ever',
    );
    await put('deep.html', `${'<div>'.repeat(100_000)}x${'</div>'.repeat(100_000)}`);
    await put('other.json', '{"name": "package"}');
    await put('broken.json', '{"articles": [');
    await put('picture.md', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]));
    await put('empty.txt', '');
    await put('blank.txt', ' \n\n ');
    await put(
      'aliases.md',
      `---\na: &a [1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b]\n---\nText.`,
    );
    // What is left of a PDF whose end is gone can still be read.
    await put('torn.pdf', pdf.subarray(0, pdf.length - 30));
    await put('pdf-by-another-name.txt', pdf);
    const report = await add();
    expect(reasons(report)).toMatchObject({
      'encrypted.pdf': 'It is protected by a password: save a copy without one.',
      'scan.pdf': 'It holds no text, only pictures: run it through text recognition (OCR) first.',
      'no.pdf': 'It is not a PDF, whatever its name says.',
      'bomb.pdf': expect.stringContaining('PDF bomb') as string,
      'bomb-without-a-word.pdf': expect.stringContaining('PDF bomb') as string,
      'bomb-in-bomb.pdf': expect.stringContaining('PDF bomb') as string,
      'cut.docx': expect.stringMatching(/^It is damaged: /) as string,
      'old.docx': expect.stringContaining('protected by a password or in an old Office format') as string,
      'no.docx': 'It is not a Word document (.docx), whatever its name says.',
      'bomb.docx': expect.stringContaining('zip bomb') as string,
      'quote.csv':
        'The row that begins in line 3 opens a quote and does not close it. The rows before it were read.',
      'deep.html': 'It is nested more than 1000 levels deep.',
      'other.json': expect.stringContaining('no help-centre export') as string,
      'broken.json': expect.stringContaining('not valid JSON') as string,
      'picture.md': 'The file is binary, not text.',
      'empty.txt': 'The file is empty.',
      'blank.txt': 'The article has no text.',
      'aliases.md': expect.stringContaining('front matter') as string,
    });
    expect((await knowledge.list()).map(({ id }) => id).toSorted()).toEqual([
      'deflated',
      'good',
      'pdf-by-another-name',
      'quote:how-long',
      'torn',
    ]);
    expect(await knowledge.syncSources(null)).toMatchObject({ failures: report.failures, articles: 5 });
  });

  it('is a name with every odd character, which is read and kept as it is', async () => {
    const names = [
      'new\nline.md',
      'quo"te\'s.md',
      '😀 emoji.md',
      '-rf.md',
      'back\\slash.md',
      ' space .md',
      '\u202Egnp.md',
      '%2e%2e.md',
      `${'ä'.repeat(126)}.md`,
      'CON.md',
      "'; DROP TABLE articles; --.md",
    ];
    for (const name of names) await put(name, `The words of ${JSON.stringify(name)}.`);
    const report = await add();
    expect(report).toMatchObject({ failures: [], articles: names.length + 1 });
    const ids = (await knowledge.list()).map(({ id }) => id);
    expect(new Set(ids).size).toBe(names.length + 1);
    expect(await knowledge.syncSources(null)).toMatchObject({ unchangedFiles: names.length + 1 });
  });

  it.skipIf(process.platform === 'win32')('is a name that is no UTF-8, which is listed', async () => {
    await promisify(execFile)('sh', ['-c', `printf x > "$(printf '%s/bad\\377.md' "$1")"`, 'sh', source]);
    expect((await add()).failures).toMatchObject([{ reason: 'Its name is not valid UTF-8: rename it.' }]);
  });

  it.skipIf(process.platform === 'win32')('is a link in a circle or a folder nobody may open', async () => {
    await symlink(source, file('loop'));
    await mkdir(file('closed'));
    await put('closed/inside.md', 'Inside.');
    const before = await add();
    expect(reasons(before)).toEqual({
      loop: 'It is a link or a device; give the real file or folder instead.',
    });
    await chmod(file('closed'), 0);
    const after = await knowledge.syncSources(null);
    await chmod(file('closed'), 0o700);
    // Root may open everything.
    if (process.getuid?.() !== 0) {
      expect(reasons(after)['closed']).toBe('The folder cannot be opened: No permission to read it.');
    }
    expect(await knowledge.article('inside')).not.toBeNull();
  });

  it('is a file that vanishes while others are read: nothing that was known of it is lost', async () => {
    await put('z-last.csv', 'question,answer\nOne?,The first answer.\nTwo?,The second answer.\n');
    await add();
    await put('a-first.csv', `question,answer\n${rows(0, 3000)}`);
    await put('z-last.csv', 'question,answer\nOne?,Another answer.\n');
    let isGone = false;
    const stop = knowledge.onImportProgress((progress) => {
      if (isGone || progress?.phase !== 'reading') return;
      isGone = true;
      void rm(file('z-last.csv'));
    });
    const report = await knowledge.syncSources(null);
    stop();
    expect(reasons(report)).toEqual({
      'z-last.csv': 'It vanished while it was read. What was read from it before is kept.',
    });
    expect(await knowledge.article('z-last:one')).toMatchObject({ markdown: 'The first answer.\n' });
    expect(await knowledge.syncSources(null)).toMatchObject({ removedArticles: 2, failures: [] });
  });

  it('is a file cut short while it is read: what came before the cut is in, nothing is lost', async () => {
    await put('faq.csv', `question,answer\n${rows(0, 5000)}`);
    let isCut = false;
    knowledge.onImportProgress((progress) => {
      if (isCut || progress?.phase !== 'reading') return;
      isCut = true;
      void truncate(file('faq.csv'), 100_000);
    });
    await add();
    const { articles } = await knowledge.syncSources(null);
    const lines = (await readFile(file('faq.csv'), 'utf8')).split('\n');
    expect(articles).toBeGreaterThan(lines.length / 2);
  });

  it('is a table of any size: it is read row by row, and memory stays where it was', async () => {
    const megabytes = Number(process.env['CUECARD_CSV_MB'] ?? 12);
    const count = Math.round((megabytes * 1024 * 1024) / rows(10_000, 10_001).length);
    await pipeline(
      Readable.from(
        (function* () {
          yield 'question,answer\n';
          for (let i = 0; i < count; i += 1000) yield rows(i, Math.min(count, i + 1000));
        })(),
      ),
      createWriteStream(file('large.csv')),
    );
    const bounded = openLocalKnowledgeBase({
      workspaceDir: path.join(dir, 'bounded'),
      embedder: null,
      log: silentLogger,
      maxChunks: 2000,
    });
    globalThis.gc?.();
    const before = process.memoryUsage().rss;
    let most = 0;
    bounded.onImportProgress(() => (most = Math.max(most, process.memoryUsage().rss - before)));
    const report = await bounded.addSource({ path: source, pool: 'articles', isWatched: false });
    expect(reasons(report)['large.csv']).toContain('The knowledge holds 2,000 passages, which is its limit.');
    expect(report.articles).toBe(2000);
    expect(most).toBeLessThan(250 * 1024 * 1024);
    await bounded.close();
  });
});

function rows(from: number, to: number): string {
  let text = '';
  for (let i = from; i < to; i++) {
    text += `"What about item number ${String(i)}?","Item number ${String(i)} is sent within ${String(i % 9)} days, and its ""care label"" says, among other things, that it must not be washed."\n`;
  }
  return text;
}
