import { screenText } from './screen-text.js';
import type { TextSource } from './technique.js';

const LEFT_OUT = '(left out)';

/** The text with each stretch that speaks to a machine replaced by a note that something was left out: for prompts, where places do not matter. */
export function withoutOrders(text: string, source: TextSource): string {
  const spans = [...screenText(text, source).findings].sort((a, b) => a.start - b.start);
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end } of spans) {
    if (end <= at) continue;
    if (start > at || pieces.length === 0) pieces.push(text.slice(at, start), LEFT_OUT);
    at = end;
  }
  return pieces.join('') + text.slice(at);
}
