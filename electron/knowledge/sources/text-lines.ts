import type { Readable } from 'node:stream';

/** The lines of a text, one by one; null for each line longer than `longest`, of which no more than that is ever held. */
export async function* textLines(text: Readable, longest: number): AsyncGenerator<string | null> {
  let rest = '';
  let isTooLong = false;
  for await (const piece of text) {
    const lines = (rest + String(piece)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      yield isTooLong || line.length > longest ? null : line.replace(/\r$/, '');
      isTooLong = false;
    }
    if (rest.length <= longest) continue;
    isTooLong = true;
    rest = '';
  }
  if (isTooLong) yield null;
  else if (rest !== '') yield rest.replace(/\r$/, '');
}
