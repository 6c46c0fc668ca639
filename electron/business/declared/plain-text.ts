/** Signs nobody sees: formats, controls, and the selectors that can carry a hidden text. */
const INVISIBLE = /[\p{Cf}\p{Co}\p{Cs}\u{FE00}-\u{FE0F}\u{E0100}-\u{E01EF}]/gu;

/** A text of a system as one line that shows all it says: without invisible signs, at most `max` characters. */
export function plainText(text: string, max: number): string {
  const seen = text
    // What lies beyond would not be shown, and may be megabytes.
    .slice(0, 4 * max + 100)
    .replace(INVISIBLE, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  const letters = [...seen];
  return letters.length <= max ? seen : `${letters.slice(0, max - 1).join('')}…`;
}
