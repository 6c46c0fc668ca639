import { createHash } from 'node:crypto';

import canonicalize from 'canonicalize';

/**
 * JSON in the one form of RFC 8785 (JSON Canonicalization Scheme): equal values give equal bytes on every machine, so that
 * they can be hashed and signed. Fields that are `undefined` are left out.
 */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('Only what JSON can say has a canonical form.');
  return text;
}

/** SHA-256 in lower-case hexadecimal. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
