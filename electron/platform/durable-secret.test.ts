import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { cipherForTests } from './cipher-for-tests.js';
import { createDurableSecret } from './durable-secret.js';

let file: string;
beforeEach(
  () => (file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'cuecard-durable-')), 'in', 'token')),
);
afterEach(() => fs.rmSync(path.join(file, '..', '..'), { recursive: true }));

const isForItsUserAlone = (): boolean =>
  process.platform === 'win32' || (fs.statSync(file).mode & 0o077) === 0;

it('keeps a secret over a restart, encrypted, for its user alone', () => {
  createDurableSecret(file, cipherForTests('me')).write('secret-a');
  createDurableSecret(file, cipherForTests('me')).write('secret-b');
  expect(fs.readFileSync(file, 'utf8')).not.toMatch(/secret-/);
  expect(isForItsUserAlone()).toBe(true);
  expect(createDurableSecret(file, cipherForTests('me')).read()).toBe('secret-b');
  expect(createDurableSecret(file, cipherForTests('somebody else')).read()).toBeNull();
});

// Catches a rep who is signed out at each start where there is no keychain, and a file the whole machine can read.
it('keeps it in a file its user alone can read where the system encrypts nothing, and says so', () => {
  const secret = createDurableSecret(file, cipherForTests('me', false));
  secret.write('secret-a');
  expect(secret.isEncrypted()).toBe(false);
  expect(isForItsUserAlone()).toBe(true);
  expect(createDurableSecret(file, cipherForTests('me', false)).read()).toBe('secret-a');
  // A keychain that is there later takes it over at the next write.
  const later = createDurableSecret(file, cipherForTests('me'));
  later.write(later.read());
  expect(fs.readFileSync(file, 'utf8')).not.toMatch(/secret-a/);
  later.write(null);
  expect(fs.existsSync(file)).toBe(false);
});

it('keeps what was there where it cannot write, and tells', () => {
  const secret = createDurableSecret(file, cipherForTests('me'));
  secret.write('secret-a');
  fs.mkdirSync(`${file}.new/occupied`, { recursive: true });
  expect(() => secret.write('secret-b')).toThrow(expect.objectContaining({ name: 'AppErrorException' }));
  expect(secret.read()).toBe('secret-a');
});
