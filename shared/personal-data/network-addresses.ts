import { finderOf, type Finder } from './found.js';

const IPV4 = /(?<![\p{L}\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\p{L}\d]|\.\d)/gu;
const IPV6 =
  /(?<![\p{L}\d:])(?:[\da-f]{1,4}:){1,7}(?::?[\da-f]{1,4}){0,7}(?:::)?(?![\p{L}\d:])|(?<![\p{L}\d:])::(?:[\da-f]{1,4}:?){1,7}(?![\p{L}\d:])/giu;
const VERSION = /(?:version|release|firmware|update|build|app|v)[ .:]*$/iu;

const isIpv4 = (written: string, text: string, start: number): boolean =>
  written.split('.').every((part) => Number(part) < 256) &&
  !VERSION.test(text.slice(Math.max(0, start - 12), start));

/** Not a time of day, which has two colons at most and no letters. */
const isIpv6 = (written: string): boolean => {
  const colons = written.split(':').length - 1;
  return written.includes('::') ? colons >= 2 && /[\da-f]/iu.test(written) : colons === 7;
};

/** A link that lets in whoever has it: with a key, a code or a session in it, or with a name and a password. */
const URL = /(?<![\p{L}\d])(?:https?:\/\/|www\.)[^\s<>"'\u201d\u00bb)\]]+/giu;
const KEYED =
  /[?&#;](?:[\w-]*(?:token|auth|key|code|sig|signature|session|sid|secret|password|pwd|otp|ticket|jwt|reset|invite|hash|access|magic|uid|user|email|customer|account|order)[\w-]*)=[^&\s]{4,}/iu;
const WITH_PASSWORD = /^https?:\/\/[^/\s:@]+:[^/\s@]+@/iu;
/** A part of a path that nobody chose: long, letters and digits mixed. */
const TOKEN_LENGTH = 16;

function isKeyed(written: string): boolean {
  if (KEYED.test(written) || WITH_PASSWORD.test(written) || /%40|@/u.test(written)) return true;
  return written
    .split(/[/?#&=]/u)
    .slice(1)
    .some(
      (part) =>
        (part.length >= TOKEN_LENGTH &&
          /\d/u.test(part) &&
          /[a-z]/iu.test(part) &&
          !/-[a-z]{3,}-/iu.test(part)) ||
        part.replace(/\D/gu, '').length >= 7,
    );
}

const JWT = /(?<![\p{L}\d_-])eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{4,}/gu;
const API_KEY = /(?<![\p{L}\d_-])(?:sk|pk|rk|ghp|gho|xox[abp]|AKIA)[-_A-Za-z0-9]{16,}/gu;

export const networkFinders: readonly Finder[] = [
  finderOf('ip', IPV4, isIpv4),
  finderOf('ip', IPV6, isIpv6),
  finderOf('link', URL, isKeyed),
  finderOf('secret', JWT),
  finderOf('secret', API_KEY),
];
