import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { createSecretFile, type Cipher } from './secret-file.js';

let file: string;
beforeEach(() => (file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'cuecard-secret-')), 'keys')));
afterEach(() => fs.rmSync(path.dirname(file), { recursive: true }));

/** Enough of a cipher to tell whether the file went through it; `user` is whose it is. */
const cipherOf = (user: string, isSafe = true): Cipher => ({
  isSafe: () => isSafe,
  encrypt: (text) => Buffer.from([...`${user}:${text}`].reverse().join('')),
  decrypt(bytes) {
    const text = [...bytes.toString()].reverse().join('');
    if (!text.startsWith(`${user}:`)) throw new Error('not yours');
    return text.slice(user.length + 1);
  },
});

it('keeps a secret for its name alone, over a restart, encrypted', () => {
  const first = createSecretFile(file, cipherOf('me'));
  expect(first.placeOf('https://a/v1')).toBe('none');
  first.keep('https://a/v1', 'key-a');
  first.keep('https://b/v1', 'key-b');
  const again = createSecretFile(file, cipherOf('me'));
  expect(again.read('https://a/v1')).toBe('key-a');
  expect(again.read('https://a/v2')).toBeNull();
  expect(again.placeOf('https://b/v1')).toBe('stored');
  expect(fs.readFileSync(file, 'utf8')).not.toMatch(/key-a|https/);
  if (process.platform !== 'win32') expect(fs.statSync(file).mode & 0o077).toBe(0);
  again.forget('https://a/v1');
  expect(createSecretFile(file, cipherOf('me')).read('https://a/v1')).toBeNull();
  again.forget('https://b/v1');
  expect(fs.existsSync(file)).toBe(false);
});

it('writes nothing where nothing safe encrypts', () => {
  const secrets = createSecretFile(file, cipherOf('me', false));
  expect(secrets.canStore()).toBe(false);
  secrets.keep('https://a/v1', 'key-a');
  expect([secrets.read('https://a/v1'), secrets.placeOf('https://a/v1')]).toEqual(['key-a', 'this_run']);
  expect(fs.readdirSync(path.dirname(file))).toEqual([]);
  secrets.forget('https://a/v1');
  expect(secrets.read('https://a/v1')).toBeNull();
});

it.each(['', 'garbage', cipherOf('another').encrypt('{"https://a/v1":"theirs"}')])(
  'takes a file it cannot read for an empty one, and can keep a new secret',
  (content) => {
    fs.writeFileSync(file, content);
    const secrets = createSecretFile(file, cipherOf('me'));
    expect(secrets.read('https://a/v1')).toBeNull();
    secrets.keep('https://a/v1', 'mine');
    expect(createSecretFile(file, cipherOf('me')).read('https://a/v1')).toBe('mine');
  },
);

it('keeps a secret for this run when its file cannot be written', () => {
  fs.mkdirSync(`${file}.new`);
  const secrets = createSecretFile(file, cipherOf('me'));
  secrets.keep('https://a/v1', 'key-a');
  expect([secrets.read('https://a/v1'), secrets.placeOf('https://a/v1')]).toEqual(['key-a', 'this_run']);
});
