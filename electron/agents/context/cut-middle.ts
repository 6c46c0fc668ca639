const GAP = '\n[...]\n';

/**
 * Cuts a text down to about `maxTokens`, keeping its beginning and its end: people say what it is about first and what they want last.
 * Never splits a character. Pure.
 */
export function cutMiddle(text: string, maxTokens: number, countTokens: (text: string) => number): string {
  // A token is hardly ever less than a character; shorter texts need not be counted.
  if (text.length <= maxTokens) return text;
  let length = Math.min(text.length, maxTokens * 8);
  let cut = length < text.length ? around(text, length) : text;
  for (let round = 0; round < 6; round += 1) {
    const tokens = countTokens(cut);
    if (tokens <= maxTokens) return cut;
    length = Math.floor(length * Math.min(0.95, maxTokens / tokens));
    cut = around(text, length);
  }
  return around(text, Math.floor(maxTokens / 2));
}

function around(text: string, length: number): string {
  const half = Math.max(0, Math.floor((length - GAP.length) / 2));
  const head = text.slice(0, half).replace(/[\uD800-\uDBFF]$/u, '');
  const tail = text.slice(text.length - half).replace(/^[\uDC00-\uDFFF]/u, '');
  return `${head}${GAP}${tail}`;
}
