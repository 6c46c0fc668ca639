import { htmlComments } from './html-comments.js';

/** Longer queries and fragments are no place on a page but data on its way. */
const MAX_QUERY_CHARACTERS = 80;
/** A gap somebody is meant to fill: `{order}`, `<name>`, `$X`, `%s`, or nothing after the last `=`. */
const GAP = /[{}<>$[\]]|%7B|%3C|%s\b|=$|=&/iu;
const IMAGE =
  /!\[([^\]\n]{0,300})\](?:\([^()\n]{0,2000}(?:\([^()\n]{0,200}\)[^()\n]{0,200})?\)|\[[^\]\n]{0,200}\])/gu;
const HTML_IMAGE =
  /<(?:img|image|svg|iframe|object|embed|video|audio|source|link|script|style)\b[^>]{0,4000}>/giu;
const LINK_DEFINITION = /^ {0,3}\[([^\]\n]{1,200})\]:\s*<?(\S{1,2000})>?(?:\s+["'(][^\n]{0,300})?$/gmu;
const INLINE_LINK =
  /\[([^\]\n]{0,300})\]\(\s*<?([^\s()<>]{0,2000}(?:\([^\s()<>]{0,200}\)[^\s()<>]{0,200})?)>?(?:\s+["'][^"'\n]{0,300}["'])?\s*\)/gu;
const ACTIVE_SCHEME = /\b(?:javascript|vbscript|data|file|blob):(?:\/\/)?[^\s<>"')\]]{1,4000}/giu;
const WEB_ADDRESS = /\b(?:https?|ftp|wss?):\/\/[^\s"'`|]{1,2000}/giu;

/**
 * Takes out of a text for a model what would call home once it is written out again: images, embedded HTML, comments nobody sees, script
 * and data addresses. Links keep their words with the address beside them. An address loses a query or fragment that is long, encoded or
 * waits to be filled, and user names before its host.
 */
export function defuseLinks(text: string): string {
  return withoutComments(text)
    .replace(HTML_IMAGE, '(embedded object)')
    .replace(IMAGE, (_, words: string) => (words.trim() === '' ? '(image)' : `(image: ${words.trim()})`))
    .replace(LINK_DEFINITION, (_, name: string, address: string) => `${name}: ${address}`)
    .replace(INLINE_LINK, (_, words: string, address: string) => linkAsText(words.trim(), address))
    .replace(ACTIVE_SCHEME, '(address removed)')
    .replace(WEB_ADDRESS, withoutPayload);
}

function withoutComments(text: string): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end } of htmlComments(text)) {
    pieces.push(text.slice(at, start), '(hidden comment)');
    at = end;
  }
  return pieces.join('') + text.slice(at);
}

function linkAsText(words: string, address: string): string {
  if (/^\s*(?:javascript|vbscript|data|file|blob):/iu.test(address)) return `${words} (address removed)`;
  return words === '' || words === address ? address : `${words} (${address})`;
}

function withoutPayload(written: string): string {
  const trail = /[.,;:!?)]*$/u.exec(written)?.[0] ?? '';
  const address = written.slice(0, written.length - trail.length);
  const host = /^[a-z]+:\/\/([^/?#]*)/iu.exec(address)?.[1] ?? '';
  const open = address.replace(host, host.slice(host.lastIndexOf('@') + 1));
  const at = open.search(/[?#]/u);
  if (at === -1) return GAP.test(open) ? `${open.slice(0, open.search(GAP))}${trail}` : `${open}${trail}`;
  const place = open.slice(0, at);
  const query = open.slice(at);
  const isPayload = query.length > MAX_QUERY_CHARACTERS || GAP.test(query) || isEncoded(query);
  return isPayload || GAP.test(place) ? `${place.split(GAP)[0] ?? place}${trail}` : `${open}${trail}`;
}

/** A value of 24 or more letters and digits mixed, as base64 and hexadecimal are. */
function isEncoded(query: string): boolean {
  return /[=#/](?=[\w+/%-]*\d)(?=[\w+/%-]*[a-z])[\w+/%-]{24,}/iu.test(query);
}
