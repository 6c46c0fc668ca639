import { englishOrders } from './english-orders.js';
import { englishReach, forgedAuthority, steering } from './english-reach.js';
import { otherLanguagePatterns } from './other-languages.js';
import { screenText } from './screen-text.js';

const SAMPLE = 'Hello, where is my order 104233? I wrote on Monday.\nThank you';

/** Work that has each pattern compiled, in pieces of about a millisecond, for whoever warms up between turns of the event loop. */
export function screeningPieces(): (() => unknown)[] {
  const all = [...englishOrders, ...englishReach, forgedAuthority, steering, ...otherLanguagePatterns];
  return [
    ...all.flatMap(({ patterns }) => patterns.map((pattern) => () => pattern.test(SAMPLE))),
    () => screenText(SAMPLE, 'customer'),
  ];
}
