import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const FORMAT = 1;
const NONCE = 12;
const TAG = 16;

/** Encrypts what lies in the database and must not be read from a copy of it. */
export interface Seal {
  /** `about` says what it belongs to: sealed bytes open for nothing else. */
  seal(plain: Buffer, about: string): Buffer;
  /** @returns null when the secret is another one, or the bytes were changed or belong to something else. */
  open(sealed: Buffer, about: string): Buffer | null;
}

/** AES-256-GCM with a key derived from the hub's secret (HKDF-SHA-256, RFC 5869). Bytes: format, nonce (12), tag (16), content. */
export function createSeal(secret: string): Seal {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'cuecard-hub-seal-1', 32));
  return {
    seal(plain, about) {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(about));
      const content = Buffer.concat([cipher.update(plain), cipher.final()]);
      return Buffer.concat([Buffer.from([FORMAT]), nonce, cipher.getAuthTag(), content]);
    },
    open(sealed, about) {
      if (sealed[0] !== FORMAT || sealed.length < 1 + NONCE + TAG) return null;
      const nonce = sealed.subarray(1, 1 + NONCE);
      const tag = sealed.subarray(1 + NONCE, 1 + NONCE + TAG);
      try {
        const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG })
          .setAAD(Buffer.from(about))
          .setAuthTag(tag);
        return Buffer.concat([decipher.update(sealed.subarray(1 + NONCE + TAG)), decipher.final()]);
      } catch {
        return null;
      }
    },
  };
}
