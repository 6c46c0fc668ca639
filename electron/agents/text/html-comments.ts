/** A comment of HTML or Markdown, its marks included; `inside` is what nobody sees. */
export interface HtmlComment {
  readonly start: number;
  readonly end: number;
  readonly inside: string;
}

/** All closed comments of a text, in order. Reads it once, however many comments are opened. */
export function htmlComments(text: string): HtmlComment[] {
  const found: HtmlComment[] = [];
  for (let at = text.indexOf('<!--'); at !== -1;) {
    const close = text.indexOf('-->', at + 4);
    if (close === -1) break;
    found.push({ start: at, end: close + 3, inside: text.slice(at + 4, close) });
    at = text.indexOf('<!--', close + 3);
  }
  return found;
}
