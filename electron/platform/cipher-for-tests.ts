import type { Cipher } from './secret-file.js';

/** A keychain of one user: enough of a cipher to tell whether something went through it, and whose it was. */
export const cipherForTests = (user: string, isSafe = true): Cipher => ({
  isSafe: () => isSafe,
  encrypt: (text) => Buffer.from([...`${user}:${text}`].reverse().join('')),
  decrypt(bytes) {
    const text = [...bytes.toString()].reverse().join('');
    if (!text.startsWith(`${user}:`)) throw new Error('not yours');
    return text.slice(user.length + 1);
  },
});
