import type { Span } from '../text/text-spans.js';

/** "On Tue, 3 Mar 2026 at 10:12, Harbour & Pine wrote:" and its likes; everything below is an older message. */
const REPLY_HEADER =
  /^\s*(?:(?:On|Am|Op|Le|El|Il|Em)\b.{4,200}\b(?:wrote|schrieb|schreef|a \u00e9crit|escribi\u00f3|ha scritto|escreveu).{0,80}:|-{2,}\s*(?:Original Message|Forwarded message|Urspr\u00fcngliche Nachricht|Oorspronkelijk bericht|Message d'origine)\s*-{2,}|_{10,})\s*$/iu;
/** Outlook writes the header as a block of its own. */
const HEADER_BLOCK = /^\s*(?:From|Von|Van|De):\s.{1,200}$/iu;
const HEADER_BLOCK_NEXT = /^\s*(?:Sent|Date|To|Subject|Gesendet|Datum|Verzonden|Envoy\u00e9|An|Aan):\s/iu;
const QUOTED = /^\s*>/u;
const DEVICE_LINE =
  /^\s*(?:Sent from (?:my|Yahoo|Outlook|Mail)|Get Outlook for|Von meinem .{1,40} gesendet|Verzonden vanaf mijn|Envoy\u00e9 de mon)\b.{0,80}$/iu;
const SIGNATURE_MARK = /^--\s?$/u;
const SIGN_OFF =
  /^\s*(?:(?:kind|best|warm|warmest|many|with kind|with best) (?:regards|wishes)|regards|best|cheers|sincerely|yours (?:sincerely|faithfully|truly)|many thanks|thanks|thank you|thx|greetings|mit freundlichen gr\u00fc\u00dfen|freundliche gr\u00fc\u00dfe|viele gr\u00fc\u00dfe|vielen dank und freundliche gr\u00fc\u00dfe|met vriendelijke groet(?:en)?|groetjes|cordialement|saludos|un saludo)\s*[,.!]*\s*$/iu;
/** "Thanks, Wouter" on one line. */
const SIGN_OFF_WITH_NAME =
  /^\s*(?:(?:[Kk]ind |[Bb]est )?[Rr]egards|[Tt]hanks|[Tt]hank you|[Tt]hx|[Cc]heers|[Bb]est),?\s+\p{Lu}[\p{L}'-]{1,20}(?:\s\p{Lu}[\p{L}'-]{1,20})?\.?\s*$/u;
const MAX_SIGNATURE_LINES = 8;
const MAX_NAME_CHARACTERS = 60;
const MAX_NAME_WORDS = 5;

interface Line extends Span {
  readonly text: string;
}

/**
 * What of a message is not the customer speaking now: quoted older messages, signatures, mail program lines.
 * `customerName` tells a signature that is only the name. Reads line by line, in a time proportional to the text. A message that is nothing but a quote keeps it.
 */
export function quotedSpans(text: string, customerName = ''): Span[] {
  const lines = linesOf(text);
  const end = firstQuotedLine(lines);
  const own = lines.slice(0, end);
  const signature = signatureStart(own, customerName);
  const hidden = [
    ...lines.slice(Math.min(end, signature)),
    ...own.slice(0, signature).filter((line) => QUOTED.test(line.text) || DEVICE_LINE.test(line.text)),
  ];
  const isHidden = new Set(hidden);
  if (lines.every((line) => isHidden.has(line) || line.text.trim() === '')) return [];
  return hidden.map(({ start, end: lineEnd }) => ({ start, end: lineEnd }));
}

function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let start = 0;
  while (start <= text.length) {
    const found = text.indexOf('\n', start);
    const end = found === -1 ? text.length : found;
    lines.push({ text: text.slice(start, Math.min(end, start + 400)), start, end });
    start = end + 1;
  }
  return lines;
}

function firstQuotedLine(lines: readonly Line[]): number {
  const at = lines.findIndex(({ text }, i) => {
    if (REPLY_HEADER.test(text)) return true;
    const next = lines[i + 1]?.text ?? '';
    // A reply header that was wrapped over two lines.
    if (/^\s*On\b/u.test(text) && REPLY_HEADER.test(`${text} ${next}`)) return true;
    return HEADER_BLOCK.test(text) && HEADER_BLOCK_NEXT.test(next);
  });
  return at === -1 ? lines.length : at;
}

/** The line where a signature begins: after `--`, or a sign-off with little but names below it. */
function signatureStart(lines: readonly Line[], customerName: string): number {
  const mark = lines.findIndex(({ text }) => SIGNATURE_MARK.test(text));
  const end = mark === -1 ? lines.length : mark;
  for (let i = Math.max(1, end - MAX_SIGNATURE_LINES); i < end; i++) {
    const line = lines[i]?.text ?? '';
    const below = lines.slice(i + 1, end).filter(({ text }) => text.trim() !== '');
    const isShort = below.every(
      ({ text }) => text.trim().length <= MAX_NAME_CHARACTERS && !/[?]/u.test(text),
    );
    if (isShort && (SIGN_OFF.test(line) || SIGN_OFF_WITH_NAME.test(line))) return i;
  }
  const last = lines.slice(0, end).findLastIndex(({ text }) => text.trim() !== '');
  return last > 0 && isNameOf(lines[last]?.text ?? '', customerName) ? last : end;
}

/** "T. Bakker", "thijs": words of the customer's name or their first letters, and no others. */
function isNameOf(line: string, customerName: string): boolean {
  const names = customerName.toLowerCase().match(/\p{L}+/gu) ?? [];
  const words = line.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return (
    words.length > 0 &&
    words.length <= MAX_NAME_WORDS &&
    words.every((word) => names.some((name) => name === word || (word.length === 1 && name.startsWith(word))))
  );
}
