import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto';

import { z } from 'zod';

/** A key that everybody could seal and the owner of the box alone can take out. */
const Sealed = z.object({ sender: z.string(), iv: z.string(), tag: z.string(), text: z.string() });

/** What opens what {@link sealKey} closed. */
export interface KeyBox {
  /** May be read by anybody. SPKI, base64. */
  readonly publicKey: string;
  /** Null when it was sealed for another box, or changed. */
  open(sealed: string): string | null;
}

/** RFC 8410: what comes before the 32 bytes of an X25519 private key in PKCS #8. */
const PKCS8_OF_X25519 = Buffer.from('302e020100300506032b656e04220420', 'hex');

/** The box of a workspace, always the same for the same key of its databases. */
export function keyBoxOf(databaseKey: string): KeyBox {
  const seed = derive(Buffer.from(databaseKey, 'hex'), 'cuecard ledger of commands: box');
  const own = createPrivateKey({
    key: Buffer.concat([PKCS8_OF_X25519, seed]),
    format: 'der',
    type: 'pkcs8',
  });
  const publicKey = spki(createPublicKey(own));
  return {
    publicKey,
    open(sealed) {
      try {
        const { sender, iv, tag, text } = Sealed.parse(JSON.parse(sealed));
        const shared = sharedKey(own, publicOf(sender), sender, publicKey);
        const decipher = createDecipheriv('aes-256-gcm', shared, Buffer.from(iv, 'base64'));
        decipher.setAuthTag(Buffer.from(tag, 'base64'));
        return decipher.update(text, 'base64', 'utf8') + decipher.final('utf8');
      } catch {
        return null;
      }
    },
  };
}

/** Seals a key for the box of this public key: X25519 with a key pair of this one use, HKDF-SHA-256, AES-256-GCM. @throws when it is no such key. */
export function sealKey(publicKey: string, key: string): string {
  const pair = generateKeyPairSync('x25519');
  const sender = spki(pair.publicKey);
  const iv = randomBytes(12);
  const shared = sharedKey(pair.privateKey, publicOf(publicKey), sender, publicKey);
  const cipher = createCipheriv('aes-256-gcm', shared, iv);
  const text = cipher.update(key, 'utf8', 'base64') + cipher.final('base64');
  const tag = cipher.getAuthTag().toString('base64');
  return JSON.stringify({ sender, iv: iv.toString('base64'), tag, text } satisfies z.infer<typeof Sealed>);
}

const sharedKey = (own: KeyObject, other: KeyObject, sender: string, box: string): Buffer =>
  derive(
    diffieHellman({ privateKey: own, publicKey: other }),
    `cuecard ledger of commands: ${sender} ${box}`,
  );

const derive = (secret: Buffer, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), purpose, 32));

const spki = (key: KeyObject): string => key.export({ format: 'der', type: 'spki' }).toString('base64');

const publicOf = (text: string): KeyObject =>
  createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });
