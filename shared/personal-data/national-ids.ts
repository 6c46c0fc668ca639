import { finderOf, finderOfGroup, type Finder } from './found.js';

const digitsOf = (text: string): number[] => [...text.replace(/\D/gu, '')].map(Number);
const plain = (text: string): string => text.replace(/[\s./-]/gu, '').toUpperCase();

/** US Social Security number or ITIN; no area 000 or 666, no group 00, no serial 0000 (SSA, since 2011). */
const isSsn = (written: string): boolean => !/^(?:000|666)|-00-|-0000$/u.test(written);

/** German tax identification number: ISO 7064 MOD 11,10 over ten digits, the eleventh is the check. */
export function isGermanTaxId(written: string): boolean {
  const digits = digitsOf(written);
  if (digits.length !== 11 || digits[0] === 0) return false;
  let product = 10;
  for (const digit of digits.slice(0, 10)) {
    const sum = (digit + product) % 10 || 10;
    product = (2 * sum) % 11;
  }
  return (11 - product) % 10 === digits[10];
}

/** French social security number: 97 minus the first thirteen digits modulo 97 is the key; Corsica writes 2A and 2B. */
export function isFrenchNir(written: string): boolean {
  const number = plain(written);
  if (!/^[1-478]\d{4}(?:\d{2}|2[AB])\d{8}$/u.test(number)) return false;
  const corsica = number.slice(5, 7) === '2A' ? 1_000_000n : number.slice(5, 7) === '2B' ? 2_000_000n : 0n;
  const body = BigInt(number.slice(0, 13).replace(/[AB]/u, '0')) - corsica;
  return 97n - (body % 97n) === BigInt(number.slice(13));
}

const DNI_LETTERS = 'TRWAGMYFPDXBNJZSQVHLCKE';

/** Spanish DNI and NIE: the letter is the number modulo 23; X, Y, Z of a NIE count as 0, 1, 2. */
export function isSpanishDni(written: string): boolean {
  const number = plain(written);
  const match = /^([XYZ]?)(\d{7,8})([A-Z])$/u.exec(number);
  if (!match || (match[1] === '' && match[2]?.length !== 8) || (match[1] !== '' && match[2]?.length !== 7))
    return false;
  const [, prefix = '', digits = '', letter = ''] = match;
  const value = Number(`${prefix === '' ? '' : String('XYZ'.indexOf(prefix))}${digits}`);
  return DNI_LETTERS.charAt(value % 23) === letter;
}

/** Dutch citizen service number: the "eleven test" with weights 9 to 2 and -1. */
export function isDutchBsn(written: string): boolean {
  const digits = digitsOf(written).reverse();
  if (digits.length < 8 || digits.length > 9) return false;
  const sum = digits.reduce((total, digit, at) => total + digit * (at === 0 ? -1 : at + 1), 0);
  return sum % 11 === 0 && sum !== 0;
}

/** British National Insurance number: the letters HMRC does not give out are left out. */
const NINO =
  /(?<![\p{L}\d])(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D](?![\p{L}\d])/giu;
const SSN = /(?<![\p{L}\d-])\d{3}-\d{2}-\d{4}(?![\p{L}\d-])/gu;
const ELEVEN = /(?<![\p{L}\d.,/-])\d{2} ?\d{3} ?\d{3} ?\d{3}(?![\p{L}\d]|[.,]\d)/gu;
const NIR =
  /(?<![\p{L}\d])[1-478][ .]?\d{2}[ .]?\d{2}[ .]?(?:\d{2}|2[AB])[ .]?\d{3}[ .]?\d{3}[ .]?\d{2}(?![\p{L}\d])/giu;
const DNI = /(?<![\p{L}\d])(?:\d{2}\.?\d{3}\.?\d{3}|[XYZ][ .-]?\d{7})[ -]?[A-Z](?![\p{L}\d])/giu;
const CODICE_FISCALE =
  /(?<![\p{L}\d])[A-Z]{6} ?[\dL-NP-V]{2}[A-EHLMPRST][\dL-NP-V]{2} ?[A-Z][\dL-NP-V]{3} ?[A-Z](?![\p{L}\d])/giu;
const BSN_WRITTEN = /(?<![\p{L}\d.])\d{4}\.\d{2}\.\d{3}(?![\p{L}\d])/gu;

/** Words that lead to a number of identity, tax or insurance, whatever the country. */
const CUE =
  "bsn|burgerservicenummer|sofi-?nummer|ssn|social security(?: number| no\\.?)?|national insurance(?: number| no\\.?)?|nino|ni number|tax(?:payer)? id(?:entification)?(?: number| no\\.?)?|tin|itin|passport|passport number|driver'?s licen[cs]e|driving licen[cs]e|identity card|id card|id number|steuer-?id(?:entifikationsnummer)?|steueridentifikationsnummer|steuernummer|idnr|sozialversicherungsnummer|rentenversicherungsnummer|(?:personal)?ausweis(?:nummer)?|reisepass(?:nummer)?|f\u00fchrerschein(?:nummer)?|num\u00e9ro de s\u00e9cu(?:rit\u00e9 sociale)?|s\u00e9cu(?:rit\u00e9 sociale)?|nir|num\u00e9ro fiscal|carte d['\u2019]identit\u00e9|cni|passeport|permis de conduire|dni|nie|nif|n\u00famero de la seguridad social|seguridad social|pasaporte|carn\u00e9 de conducir|codice fiscale|c\\.f\\.|carta d['\u2019]identit\u00e0|passaporto|patente|paspoort(?:nummer)?|rijbewijs(?:nummer)?|identiteitskaart|rijksregisternummer|ahv-?nummer|pesel|cpr|personnummer";
const BEHIND_CUE = new RegExp(
  `(?<![\\p{L}\\d])(?:${CUE})(?![\\p{L}\\d])[^\\n\\d]{0,24}?(?<![\\p{L}\\d])([A-Z]{0,3}\\d(?:[A-Z0-9]|[ ./-](?=\\d)){4,22})(?![\\p{L}\\d])`,
  'giu',
);

/** Digits enough for a number of identity, and not a date. */
const isNumber = (written: string): boolean =>
  written.replace(/\D/gu, '').length >= 5 && !/^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}$/u.test(written);

/** Numbers of identity, tax and social insurance: by their check digits where they have some, else by their form or the words before. */
export const nationalIdFinders: readonly Finder[] = [
  finderOf('national_id', SSN, isSsn),
  finderOf('national_id', NINO),
  finderOf('national_id', ELEVEN, isGermanTaxId),
  finderOf('national_id', NIR, isFrenchNir),
  finderOf('national_id', DNI, isSpanishDni),
  finderOf('national_id', CODICE_FISCALE),
  finderOf('national_id', BSN_WRITTEN, isDutchBsn),
  finderOfGroup('national_id', BEHIND_CUE, isNumber),
];
