import { renderToStaticMarkup } from 'react-dom/server';
import Markdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { expect, it } from 'vitest';

import type { Span } from '../../../shared/domain/evidence.js';
import { markSpans, type MarkedSpan } from './mark-spans.js';

function html(source: string, spans: readonly MarkedSpan[]): string {
  return renderToStaticMarkup(
    <Markdown remarkPlugins={[remarkGfm]} rehypePlugins={[markSpans(source, spans)]}>
      {source}
    </Markdown>,
  );
}

function spanOf(source: string, words: string): Span {
  const start = source.indexOf(words);
  return { start, end: start + words.length };
}

/** The marked text, piece by piece, as a reader sees it. */
function marked(source: string, words: string): string[] {
  const page = html(source, [{ span: spanOf(source, words), kind: 'passage' }]);
  return [...page.matchAll(/<mark[^>]*>(.*?)<\/mark>/gs)].map(([, text]) => text ?? '');
}

// Catches a highlight that is a few letters off after escapes, entities, emphasis or a link.
it('marks exactly the words of the span, through inline marks', () => {
  const source =
    'Costs are \\*low\\* &amp; **fixed at 4.95 EUR** in [most shops](https://x.example), always.';
  expect(marked(source, 'fixed at 4.95')).toEqual(['fixed at 4.95']);
  expect(marked(source, '**fixed at 4.95 EUR** in [most shops](https://x.example)')).toEqual([
    'fixed at 4.95 EUR',
    ' in ',
    'most shops',
  ]);
  expect(marked(source, 'always')).toEqual(['always']);
});

// Catches a passage over several blocks of which only the first is marked.
it('marks lists, tables and code that a passage spans', () => {
  const source = [
    '## Steps',
    '',
    '1. Open Account > Orders',
    '   and choose **Return**.',
    '2. Print `LABEL-1`.',
    '',
    '| Way | Cost |',
    '| --- | ---: |',
    '| Post | 4.95 |',
    '',
    'The end.',
  ].join('\n');
  const passage = source.slice(source.indexOf('1. Open'), source.indexOf('\n\nThe end'));
  expect(marked(source, passage).map((text) => text.trim())).toEqual([
    'Open Account &gt; Orders\nand choose',
    'Return',
    '.',
    'Print',
    'LABEL-1',
    '.',
    'Way',
    'Cost',
    'Post',
    '4.95',
  ]);
});

// Catches a cited sentence that cannot be told from the passage around it.
it('marks the cited part stronger than its passage', () => {
  const source = 'You have 30 days. The label is free. Keep the box.';
  const page = html(source, [
    { span: spanOf(source, 'You have 30 days. The label is free.'), kind: 'passage' },
    { span: spanOf(source, 'The label is free.'), kind: 'cited' },
  ]);
  expect(page).toBe(
    '<p><mark data-kind="passage">You have 30 days. </mark><mark data-kind="cited">The label is free.</mark> Keep the box.</p>',
  );
});

// Catches half an emoji, which shows as a box.
it('never cuts a character in two', () => {
  const source = 'Done 😀🎉 now';
  expect(marked(source, '😀')).toEqual(['😀']);
});
