import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';

import { MessageText } from './message-text.js';

// Catches: a message that runs, loads, hides where a link leads, or reads in another order than it is in.
it('shows what a customer wrote as text', () => {
  const body =
    '<img src=x onerror=alert(1)> ![p](https://x.example/p.gif) [shop.example](javascript:alert(1)) \u202eabc';
  const page = renderToStaticMarkup(<MessageText body={body} />);
  expect(page).not.toMatch(/<(?:img|a|script)\b/u);
  expect(page).toContain('&lt;img src=x onerror=alert(1)&gt; ![p](https://x.example/p.gif)');
  expect(page).toContain('[shop.example](javascript:alert(1)) ‹U+202E›abc');
});
