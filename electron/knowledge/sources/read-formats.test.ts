import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';

import { silentLogger } from '../../../shared/lib/logger.js';
import { openLocalKnowledgeBase } from '../local-knowledge-base.js';
import { readForTests } from '../read-for-tests.js';
import { requestFor } from '../workspace-for-tests.js';
import { docxForTests, paragraph, table } from './docx-for-tests.js';
import { pdfForTests } from './pdf-for-tests.js';
import { useSourceFolder } from './source-folder-for-tests.js';

describe('Reading every format', () => {
  const { dir, put } = useSourceFolder();
  const readOne = async (name: string, content: string | Buffer) => {
    const { articles, failures } = await readForTests([await put(name, content)]);
    expect(failures).toEqual([]);
    expect(articles).toHaveLength(1);
    const [article] = articles;
    if (!article) throw new Error('no article');
    return article;
  };

  it('takes the main content of a web page and its meta tags; tables stay tables, links stay links', async () => {
    const article = await readOne(
      'shipping/costs.html',
      `<!doctype html><html lang="de-AT"><head><title>Versand | Shop</title><style>p{}</style>
      <meta name="brand" content="Pine"><meta name="audience" content="internal"><meta name="valid-until" content="2027-01-31">
      <meta property="article:modified_time" content="2026-05-04T10:00:00Z"><link rel="canonical" href="https://shop.test/versand"></head>
      <body><nav><a href="/">Start</a></nav><header>Menu</header><main><h1>Versandkosten</h1>
      <p>Der <a href="https://shop.test/x">Versand</a> kostet &lt;5 Euro*.</p><script>alert(1)</script>
      <table><tr><th>Land</th><th>Kosten</th></tr><tr><td>AT</td><td>5 | 6</td></tr></table>
      <p hidden>Geheim</p></main><footer>Impressum</footer></body></html>`,
    );
    expect(article).toMatchObject({
      title: 'Versandkosten',
      language: 'de',
      brand: 'Pine',
      audience: 'internal',
      category: 'general',
      source: 'https://shop.test/versand',
      updatedAt: '2026-05-04',
      validUntil: '2027-01-31',
    });
    expect(article.markdown).toContain('[Versand](https://shop.test/x)');
    expect(article.markdown).toMatch(/\| Land +\| Kosten +\|\n\| -+ \| -+ \|\n\| AT +\| 5 \\\| 6 +\|/);
    expect(article.markdown).not.toMatch(/alert|Start|Menu|Impressum|Geheim|p\{\}/);
  });

  it('takes plain text word for word, with its lists and underlined headings', async () => {
    const { markdown, title } = await readOne(
      'late_parcel.txt',
      'Late parcels\n============\n\nWait <two> days, *then*:\n\n1. Open "Orders".\n2. Choose # 4711.\n\nIt costs 5_000.',
    );
    expect(title).toBe('Late parcels');
    expect(markdown).toBe(
      '# Late parcels\n\nWait \\<two> days, \\*then\\*:\n\n1. Open "Orders".\n2. Choose # 4711.\n\nIt costs 5_000.\n',
    );
  });

  it('makes an article of each row of questions and answers, whatever the separator', async () => {
    await put(
      'faq.csv',
      '\uFEFFID,Question,Answer,Category,Brand,Valid until,Visibility\r\n' +
        '7,How long do returns take?,"Two days, or\r\n\r\n- three\r\n- ""four""",returns,Pine,2027-02-01,Internal\r\n' +
        ',Where is my order?,<p>Look into <b>Orders</b>.</p>,,,,\r\n' +
        ',Where is my order?,Somewhere else.,,,,\r\n',
    );
    await put('more.tsv', 'title\tbody\nSize of lamps\tAbout 30 cm.\n');
    await put('bare.csv', 'Do you ship to Mars?;Not yet.\nDo you ship to Rome?;Yes, we do.\n');
    const { articles, failures } = await readForTests([dir()]);
    expect(failures).toEqual([]);
    expect(articles.map(({ id }) => id).toSorted()).toEqual([
      'bare:do-you-ship-to-mars',
      'bare:do-you-ship-to-rome',
      'faq:7',
      'faq:where-is-my-order',
      'faq:where-is-my-order-2',
      'more:size-of-lamps',
    ]);
    expect(articles.find(({ id }) => id === 'faq:7')).toMatchObject({
      title: 'How long do returns take?',
      category: 'returns',
      brand: 'Pine',
      audience: 'internal',
      validUntil: '2027-02-01',
      markdown: 'Two days, or\n\n- three\n- "four"\n',
    });
    expect(articles.find(({ id }) => id === 'faq:where-is-my-order')?.markdown).toBe(
      'Look into **Orders**.\n',
    );
  });

  it('names the rows of a table that it cannot take', async () => {
    const file = await put(
      'faq.csv',
      'question,answer,language\nA?,One.,en\nA?,One.,en\nB?,,en\nC?,Three.,english\nD?,Four.,en\n',
    );
    const { articles, failures } = await readForTests([file]);
    expect(articles.map(({ title }) => title)).toEqual(['A?', 'D?']);
    expect(failures).toEqual([
      { path: file, place: 5, reason: 'language must be a two-letter code such as "en".' },
      {
        path: file,
        place: 3,
        reason: 'One row from here on repeats an earlier row word for word and was taken once.',
      },
      { path: file, place: 4, reason: 'One row from here on has no question or no answer.' },
    ]);
    const wrong = await put('wrong.csv', 'colour,price,size\nred,5,3\n');
    await expect(readForTests([wrong])).rejects.toMatchObject({
      error: { detail: expect.stringContaining('Found: "colour", "price", "size".') as string },
    });
  });

  it('knows the page of each passage of a PDF, its headings and its tables', async () => {
    const head = { text: 'Pine handbook', y: 810, size: 8 };
    const foot = (page: number) => ({ text: `Page ${String(page)} of 4`, y: 30, size: 8 });
    const file = await put(
      'handbook.pdf',
      pdfForTests(
        [
          [
            head,
            { text: 'Returns', y: 760, size: 20 },
            { text: 'You may send every item back within thirty days of deliv-', y: 730 },
            { text: 'ery, as long as it is unused.', y: 716 },
            foot(1),
          ],
          [
            head,
            { text: 'Costs', y: 760, size: 16 },
            { text: 'Country', y: 730 },
            { text: 'Price', x: 300, y: 730 },
            { text: 'Austria', y: 716 },
            { text: '5 EUR', x: 300, y: 716 },
            foot(2),
          ],
          [],
          [head, { text: 'Lamps are sent by a carrier.', y: 760 }, foot(4)],
        ],
        { info: '/Title (Handbook of returns) /ModDate (D:20260403120000Z)' },
      ),
    );
    const workspaceDir = await mkdtemp(path.join(tmpdir(), 'cuecard-pdf-'));
    const knowledge = openLocalKnowledgeBase({ workspaceDir, embedder: null, log: silentLogger });
    const { failures } = await knowledge.importArticles([file]);
    expect(failures).toEqual([
      { path: file, place: 3, reason: 'The page has no text: it is a scan or empty.' },
    ]);
    const article = await knowledge.article('handbook');
    expect(article).toMatchObject({ title: 'Handbook of returns', updatedAt: '2026-04-03' });
    expect(article?.markdown).toBe(
      '# Returns\n\nYou may send every item back within thirty days of delivery, as long as it is unused.\n\n' +
        '## Costs\n\n| Country | Price |\n| ------- | ----- |\n| Austria | 5 EUR |\n\nLamps are sent by a carrier.\n',
    );
    const pageOf = async (query: string) => (await knowledge.search(requestFor(query))).passages[0]?.page;
    expect(await pageOf('send unused item back')).toBe(1);
    expect(await pageOf('price Austria')).toBe(2);
    await knowledge.close();
    await rm(workspaceDir, { recursive: true });
  });

  it('reads a Word document with headings and tables', async () => {
    const article = await readOne(
      'Goodwill.docx',
      await docxForTests(
        paragraph('Goodwill', 'Heading1') +
          paragraph('Offer up to 15 EUR.') +
          table([
            ['Case', 'Limit'],
            ['Late', '10 EUR'],
          ]),
      ),
    );
    expect(article.title).toBe('Goodwill');
    expect(article.markdown).toMatch(/^# Goodwill\n\nOffer up to 15 EUR\.\n\n\| Case \| Limit +\|\n/);
  });

  it.each([
    [
      'UTF-16 with a mark',
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('Größe: 5 €, naïve', 'utf16le')]),
    ],
    ['UTF-16 without a mark', Buffer.from('Größe: 5 € is naïve, and the rest of it is plain', 'utf16le')],
    ['Windows 1252', iconv.encode('Größe: 5 € – “naïve”', 'windows-1252')],
    ['UTF-8', Buffer.from('Größe: 5 € – “naïve” 你好')],
  ])('reads %s as it was written', async (_, bytes) => {
    const { markdown } = await readOne('a.md', bytes);
    expect(markdown).toMatch(/^Größe: 5 €.*naïve/);
    expect(markdown).not.toContain('\uFFFD');
  });

  it('never takes valid UTF-8 for anything else, and sees where it ends to be valid', async () => {
    const late = Buffer.concat([
      Buffer.from('plain words. '.repeat(40_000)),
      iconv.encode('Größe', 'windows-1252'),
    ]);
    expect((await readOne('late.txt', late)).markdown.trimEnd()).toMatch(/Größe$/);
    const cyrillic = iconv.encode(
      'Возврат товара возможен в течение тридцати дней после доставки заказа.',
      'windows-1251',
    );
    expect((await readOne('ru.txt', cyrillic)).markdown).toContain('Возврат товара');
  });
});
