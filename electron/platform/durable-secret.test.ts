import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { createDurableSecret } from './durable-secret.js';
import type { Cipher } from './secret-file.js';

let file: string;
beforeEach(
  () => (file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'cuecard-durable-')), 'in', 'token')),
);
afterEach(() => fs.rmSync(path.join(file, '..', '..'), { recursive: true }));

/** Enough of a cipher to tell whether the file went through it. */
const cipher = (user: string, isSafe = true): Cipher => ({
  isSafe: () => isSafe,
  encrypt: (text) => Buffer.from([...`${user}:${text}`].reverse().join('')),
  decrypt(bytes) {
    const text = [...bytes.toString()].reverse().join('');
    if (!text.startsWith(`${user}:`)) throw new Error('not yours');
    return text.slice(user.length + 1);
  },
});
const isForItsUserAlone = (): boolean =>
  process.platform === 'win32' || (fs.statSync(file).mode & 0o077) === 0;

it('keeps a secret over a restart, encrypted, for its user alone', () => {
  createDurableSecret(file, cipher('me')).write('secret-a');
  createDurableSecret(file, cipher('me')).write('secret-b');
  expect(fs.readFileSync(file, 'utf8')).not.toMatch(/secret-/);
  expect(isForItsUserAlone()).toBe(true);
  expect(createDurableSecret(file, cipher('me')).read()).toBe('secret-b');
  expect(createDurableSecret(file, cipher('somebody else')).read()).toBeNull();
});

// Catches a rep who is signed out at each start where there is no keychain, and a file the whole machine can read.
it('keeps it in a file its user alone can read where the system encrypts nothing, and says so', () => {
  const secret = createDurableSecret(file, cipher('me', false));
  secret.write('secret-a');
  expect(secret.isEncrypted()).toBe(false);
  expect(isForItsUserAlone()).toBe(true);
  expect(createDurableSecret(file, cipher('me', false)).read()).toBe('secret-a');
  // A keychain that is there later takes it over at the next write.
  const later = createDurableSecret(file, cipher('me'));
  later.write(later.read());
  expect(fs.readFileSync(file, 'utf8')).not.toMatch(/secret-a/);
  later.write(null);
  expect(fs.existsSync(file)).toBe(false);
});

it('keeps what was there where it cannot write, and tells', () => {
  const secret = createDurableSecret(file, cipher('me'));
  secret.write('secret-a');
  fs.mkdirSync(`${file}.new/occupied`, { recursive: true });
  expect(() => secret.write('secret-b')).toThrow(expect.objectContaining({ name: 'AppErrorException' }));
  expect(secret.read()).toBe('secret-a');
});
