/**
 * The letters and digits of a Markdown or rendered text, so that a passage as it is stored and as it is shown can be
 * compared exactly: marks of structure and spaces go, every letter and number stays.
 */
export function bareText(text: string): string {
  return text
    .replaceAll(/^\s*(?:#{1,6}|>|[-*+]|\d+[.)])\s+/gm, ' ')
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '');
}
