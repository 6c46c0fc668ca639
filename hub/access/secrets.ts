import { createHash, randomBytes } from 'node:crypto';

/** What kind of secret a string is, readable at its start, so that scanners and people recognise a leaked one. */
const PREFIX = { access: 'cca_', refresh: 'ccr_', hubKey: 'cck_' } as const;

/** 32 random bytes in base64url behind a prefix. */
export const makeSecret = (kind: keyof typeof PREFIX): string =>
  PREFIX[kind] + randomBytes(32).toString('base64url');

/** SHA-256. A plain hash is enough for what is random: nobody can guess 256 bits, however fast. */
export const hashSecret = (secret: string): Buffer => createHash('sha256').update(secret, 'utf8').digest();

/** No 0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V: what people read out or copy by hand. 23 letters and digits. */
const ALPHABET = 'ACDEFGHJKMNPQRTWXY34679';
const GROUPS = 3;
const GROUP_LENGTH = 4;

/** A code like `KQ7R-MX4C-9TFA`: 12 of 23 characters are 54 bits, which the limit on joining makes unguessable. */
export function makeInviteCode(): string {
  const letters: string[] = [];
  while (letters.length < GROUPS * GROUP_LENGTH) {
    // Bytes past the last whole multiple would favour the first letters.
    const [byte = 0] = randomBytes(1);
    if (byte < 256 - (256 % ALPHABET.length)) letters.push(ALPHABET[byte % ALPHABET.length] ?? '');
  }
  const groups = Array.from({ length: GROUPS }, (_, at) =>
    letters.slice(at * GROUP_LENGTH, (at + 1) * GROUP_LENGTH).join(''),
  );
  return groups.join('-');
}

/** However it was typed: case, spaces and hyphens say nothing. */
export const hashInviteCode = (code: string): Buffer =>
  hashSecret(code.toUpperCase().replaceAll(/[^A-Z0-9]/g, ''));
