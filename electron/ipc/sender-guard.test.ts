import { expect, it } from 'vitest';

import { isTrustedSender } from './sender-guard.js';

const own = { url: 'cuecard://app/index.html', isMainFrame: true, isOwnWindow: true };

it.each([
  ['our page in our window', own, true],
  ['a frame inside our page', { ...own, isMainFrame: false }, false],
  ['a window we did not open', { ...own, isOwnWindow: false }, false],
  ['a web page', { ...own, url: 'https://app/index.html' }, false],
  ['another host of our scheme', { ...own, url: 'cuecard://app.evil/index.html' }, false],
  ['a host hidden behind user info', { ...own, url: 'cuecard://app@evil/index.html' }, false],
  ['a local file', { ...own, url: 'file:///app/index.html' }, false],
  ['no address', { ...own, url: '' }, false],
])('tells %s', (_what, sender, isTrusted) => {
  expect(isTrustedSender(sender)).toBe(isTrusted);
});
