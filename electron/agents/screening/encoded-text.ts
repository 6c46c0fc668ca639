import type { Span } from '../text/text-spans.js';

/** A stretch of a text that is another text in disguise. */
export interface EncodedText extends Span {
  readonly decoded: string;
}

const BASE64 = /(?<![\w+/-])[A-Za-z0-9+/_-]{16,20000}={0,2}(?![\w+/-])/gu;
const HEX = /(?<![\w])(?:0x)?(?:[0-9a-f]{2}[\s,:]?){10,10000}(?![\w])/giu;
const PERCENT = /(?:%[0-9a-f]{2}){6,10000}/giu;
const ENTITIES = /(?:&#x?[0-9a-f]{1,6};\s?){5,5000}/giu;
const ESCAPES = /(?:\\u[0-9a-f]{4}|\\x[0-9a-f]{2}){5,5000}/giu;
const BITS = /(?<![\d])(?:[01]{8}\s?){6,2000}(?![\d])/gu;
const CHARACTER_CODES = /(?<!\d)(?:\d{2,3}[\s,]+){8,2000}\d{2,3}(?!\d)/gu;

/** Letters of rot13 words that orders need; a sentence without one is not turned. */
const TURNED =
  /\b(?:vtaber|qvfertneq|sbetrg|birreevqr|olcnff|flfgrz|cebzcg|erirny|vafgehpgvbaf?|cerivbhf|nqzva|ershaq|nffvfgnag)\b/;
/** The same words from right to left. */
const BACKWARDS =
  /\b(?:erongi|dragersid|tegrof|edirrevo|ssapyb|metsys|tpmorp|laever|snoitcurtsni|suoiverp|dnufer|tnatsissa)\b/;

/** Everything in a text that decodes to readable words. Reads in a time proportional to the text. */
export function encodedTexts(text: string): EncodedText[] {
  const found: EncodedText[] = [];
  const look = (pattern: RegExp, decode: (written: string) => string): void => {
    for (const { 0: written, index } of text.matchAll(pattern)) {
      const decoded = decode(written);
      if (isReadable(decoded)) found.push({ start: index, end: index + written.length, decoded });
    }
  };
  look(BASE64, (written) =>
    Buffer.from(written.replaceAll('-', '+').replaceAll('_', '/'), 'base64').toString('latin1'),
  );
  look(HEX, (written) => Buffer.from(written.replace(/^0x|[\s,:]/giu, ''), 'hex').toString('latin1'));
  look(PERCENT, (written) => Buffer.from(written.replaceAll('%', ''), 'hex').toString('latin1'));
  look(ENTITIES, (written) =>
    [...written.matchAll(/&#(x?)([0-9a-f]+);/giu)]
      .map(([, hex, code]) => character(code, hex === '' ? 10 : 16))
      .join(''),
  );
  look(ESCAPES, (written) =>
    [...written.matchAll(/\\[ux]([0-9a-f]+)/giu)].map(([, code]) => character(code, 16)).join(''),
  );
  look(BITS, (written) => [...written.matchAll(/[01]{8}/gu)].map(([bits]) => character(bits, 2)).join(''));
  look(CHARACTER_CODES, (written) =>
    [...written.matchAll(/\d+/gu)].map(([code]) => character(code, 10)).join(''),
  );
  return found;
}

/** The sentence turned by 13 letters, or from right to left, where it holds a word that speaks for it; else nothing. */
export function turnedReadings(sentence: string): string[] {
  const small = sentence.toLowerCase();
  return [
    ...(TURNED.test(small) ? [rot13(sentence)] : []),
    ...(BACKWARDS.test(small) ? [[...sentence].reverse().join('')] : []),
  ];
}

/** Almost all printable, mostly letters, and at least two words or one long one. */
function isReadable(decoded: string): boolean {
  if (decoded.length < 5) return false;
  const printable = decoded.replace(/[^\u0020-\u007e\n\r\t]/gu, '').length / decoded.length;
  const letters = decoded.replace(/[^A-Za-z ]/gu, '').length / decoded.length;
  return printable > 0.95 && letters > 0.75 && /[A-Za-z]{2,}[\s,.:;]+[A-Za-z]{2,}/u.test(decoded);
}

function character(code: string | undefined, radix: number): string {
  const value = Number.parseInt(code ?? '', radix);
  return value > 0 && value < 0x11_0000 ? String.fromCodePoint(value) : '';
}

function rot13(text: string): string {
  return text.replace(/[a-z]/giu, (letter) => {
    const base = letter <= 'Z' ? 65 : 97;
    return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base);
  });
}
