import { beforeEach, expect, it } from 'vitest';

import { NOTHING_HELD } from './page-key-for-tests.js';
import { createSendKeyGuard, type PageKey, type SendKeyGuard } from './send-key-guard.js';

const press = (part: Partial<PageKey> = {}): PageKey => ({
  ...{ ...NOTHING_HELD, type: 'keyDown', key: 'Enter', control: true },
  ...part,
});
const repeat = (part: Partial<PageKey> = {}) => press({ isAutoRepeat: true, ...part });
const release = (part: Partial<PageKey> = {}) => press({ type: 'keyUp', ...part });

let time = 0;
let guard: SendKeyGuard;
beforeEach(() => {
  time = 0;
  guard = createSendKeyGuard(() => time);
});
const at = (ms: number, key: PageKey): boolean => {
  time = ms;
  return guard.takes(key);
};

// Catches: a guard that keeps the rep from sending in the helpdesk, where no reply was put into the page.
it('lets every key through before a reply was put into the page', () => {
  expect([press(), repeat(), release()].map((key) => guard.takes(key))).toEqual([false, false, false]);
});

// Catches: the held key that inserts the reply, and sends it by its own repetition.
it('takes a held key for as long as it is held, and for a second after', () => {
  guard.begin();
  const held = Array.from({ length: 100 }, (_, i) => at(500 + i * 30, repeat()));
  expect(held).toEqual(Array(100).fill(true));
  expect(at(3_500, release())).toBe(true);
  expect(at(4_499, press())).toBe(true);
});

// Catches: a long delay before the first repetition (a second and more, as people set it) that lets the second one through.
it('takes repetitions that begin late', () => {
  guard.begin();
  expect(at(1_800, repeat())).toBe(true);
  expect(at(1_830, repeat())).toBe(true);
});

// Catches: Ctrl let go before Enter, whose repetitions send in editors where Enter alone does.
it('takes the repetitions of Enter alone', () => {
  guard.begin();
  expect(at(600, release({ key: 'Control', control: false }))).toBe(false);
  expect(at(630, repeat({ control: false }))).toBe(true);
});

// Catches: a double press, and Cmd+Enter of a Mac.
it('takes a second press within a second', () => {
  guard.begin();
  expect(at(300, press())).toBe(true);
  expect(at(900, press({ control: false, meta: true }))).toBe(true);
});

// Catches: a rep who can never send by key in the helpdesk after a reply was put there, and one who cannot write there.
it('is over after a second without the key, and leaves all other keys to the page', () => {
  guard.begin();
  expect(at(100, press({ key: 'a', control: false }))).toBe(false);
  expect(at(200, press({ control: false }))).toBe(false);
  expect(at(1_100, press())).toBe(false);
  expect(at(1_200, press())).toBe(false);
});
