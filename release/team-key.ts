import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
} from 'node:crypto';
import type { KeyObject } from 'node:crypto';

import { wordlist } from '@scure/bip39/wordlists/english.js';

import type { TeamKey } from '../shared/domain/release.js';
import { AppErrorException } from '../shared/errors/app-error.js';

/** A new ed25519 key pair (RFC 8032) of a team. */
export interface NewTeamKey {
  readonly keyId: string;
  /** 32 raw bytes, base64. */
  readonly publicKey: string;
  /** PKCS 8, DER. Leaves the hub only sealed. */
  readonly privateKey: Buffer;
}

/** What stands before the 32 raw bytes of a public key in its SPKI form (RFC 8410). */
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex');
const RAW_BYTES = 32;
const WORDS = 8;
const BITS_PER_WORD = 11;

export function generateTeamKey(): NewTeamKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(SPKI_HEAD.length);
  const encoded = raw.toString('base64');
  return {
    keyId: keyIdOf(encoded),
    publicKey: encoded,
    privateKey: privateKey.export({ type: 'pkcs8', format: 'der' }),
  };
}

/** The first 16 hexadecimal digits of SHA-256 over the raw key. */
export const keyIdOf = (publicKey: string): string => fingerprint(publicKey).toString('hex').slice(0, 16);

/**
 * Eight words two people can read to each other to see that they hold the same key: the first 88 bits of its fingerprint, eleven a word, from
 * the English list of BIP 39.
 */
export function wordsOf(publicKey: string): string[] {
  const bits = [...fingerprint(publicKey)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return Array.from({ length: WORDS }, (_, i) => {
    const index = Number.parseInt(bits.slice(i * BITS_PER_WORD, (i + 1) * BITS_PER_WORD), 2);
    return wordlist[index] ?? '';
  });
}

/** Signs bytes with a team's private key. @returns base64. */
export function signWith(privateKey: Uint8Array, content: string): string {
  const key = createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' });
  return sign(null, Buffer.from(content), key).toString('base64');
}

/** False for a wrong signature and for anything that is no key or no signature. */
export function isSignedBy(publicKey: string, content: string, signature: string): boolean {
  try {
    return verify(null, Buffer.from(content), publicKeyOf(publicKey), Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
}

/** What a key signs of its successor. */
export const endorsedText = (workspaceId: string, publicKey: string): string =>
  `cuecard-team-key-1\n${workspaceId}\n${publicKey}`;

/**
 * Follows a chain of keys, oldest first, from a key that is trusted: each later one must be endorsed by the one before.
 * @returns the trusted key and all after it.
 * @throws AppErrorException RELEASE_SIGNATURE_INVALID when the trusted key is not in the chain or an endorsement is wrong.
 */
export function trustedKeys(
  trusted: Pick<TeamKey, 'publicKey'>,
  chain: readonly TeamKey[],
  workspaceId: string,
): TeamKey[] {
  const start = chain.findIndex(({ publicKey }) => publicKey === trusted.publicKey);
  if (start < 0)
    throw new AppErrorException('RELEASE_SIGNATURE_INVALID', 'the pinned key is not in the chain');
  const keys = chain.slice(start);
  keys.forEach((key, i) => {
    if (keyIdOf(key.publicKey) !== key.keyId) throw notEndorsed(key);
    const predecessor = keys[i - 1];
    if (!predecessor) return;
    const text = endorsedText(workspaceId, key.publicKey);
    const isEndorsed =
      key.endorsedBy === predecessor.keyId && isSignedBy(predecessor.publicKey, text, key.endorsement ?? '');
    if (!isEndorsed) throw notEndorsed(key);
  });
  return keys;
}

const notEndorsed = ({ keyId }: TeamKey): AppErrorException =>
  new AppErrorException('RELEASE_SIGNATURE_INVALID', `key ${keyId} is not endorsed by the one before it`);

function publicKeyOf(publicKey: string): KeyObject {
  const raw = Buffer.from(publicKey, 'base64');
  if (raw.length !== RAW_BYTES) throw new TypeError('not an ed25519 key');
  return createPublicKey({ key: Buffer.concat([SPKI_HEAD, raw]), format: 'der', type: 'spki' });
}

const fingerprint = (publicKey: string): Buffer =>
  createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest();
