import { createHash, createPrivateKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

/** A team's ed25519 key as the hub keeps it. */
export interface SigningKey {
  readonly keyId: string;
  /** Raw, base64. */
  readonly publicKey: string;
  /** PKCS#8 in DER. */
  readonly privateKey: Buffer;
}

export function makeSigningKey(): SigningKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  return {
    keyId: createHash('sha256').update(raw).digest('hex').slice(0, 16),
    publicKey: raw.toString('base64'),
    privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }),
  };
}

/** @returns the signature over the text's UTF-8 bytes, base64. */
export function signText(privateKey: Buffer, text: string): string {
  return sign(null, Buffer.from(text, 'utf8'), keyOf(privateKey)).toString('base64');
}

/** A key's word for its successor, see TeamKey in shared/domain/release.ts. */
export function endorse(privateKey: Buffer, workspaceId: string, successor: string): string {
  return signText(privateKey, `cuecard-team-key-1\n${workspaceId}\n${successor}`);
}

const keyOf = (privateKey: Buffer): KeyObject =>
  createPrivateKey({ key: privateKey, format: 'der', type: 'pkcs8' });
