import { proofTextOf, type PairingCode } from '../shared/contracts/browser-extension.js';

/** 32 random bytes in hex, never used twice. */
export const newNonce = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(32)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );

/** Whether `proof` can only come from who knows the token and listens on the code's port; compared in constant time by the browser. */
export async function isProof(proof: string, nonce: string, { port, token }: PairingCode): Promise<boolean> {
  if (!/^[0-9a-f]{64}$/u.test(proof)) return false;
  const bytes = new TextEncoder();
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', bytes.encode(token), algorithm, false, ['verify']);
  const signature = Uint8Array.from({ length: 32 }, (_, at) =>
    Number.parseInt(proof.slice(at * 2, at * 2 + 2), 16),
  );
  return crypto.subtle.verify('HMAC', key, signature, bytes.encode(proofTextOf(port, nonce)));
}
