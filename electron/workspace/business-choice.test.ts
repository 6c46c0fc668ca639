import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { readBusinessSystems, saveBusinessSystems } from './business-choice.js';

let dir: string;
let file: string;
beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'cuecard-business-choice-'));
  file = path.join(dir, 'business-systems.json');
});
afterEach(() => fs.rmSync(dir, { recursive: true }));

const system = (id: string, pinned = '') =>
  ({ id, kind: 'mcp', name: id, baseUrl: 'https://tools.example.com', options: { pinned } }) as const;

// Catches: one system that cannot be read, and every other one that is gone with it after a restart.
it('loses only the system that cannot be read, and keeps what it was', () => {
  saveBusinessSystems(file, [system('mcp-1'), system('mcp-2', 'x'.repeat(400_001)), system('mcp-3')]);
  const before = fs.readFileSync(file, 'utf8');
  expect(readBusinessSystems(file)).toEqual([system('mcp-1'), system('mcp-3')]);
  expect(fs.readFileSync(`${file}.unreadable`, 'utf8')).toBe(before);
  expect(readBusinessSystems(file)).toHaveLength(2);
});

// Catches: a file of another program or half a file that stops the app, or is overwritten by the next save.
it.each(['{', '{"a":1}'])('keeps %s beside and counts it as none', (text) => {
  fs.writeFileSync(file, text);
  expect(readBusinessSystems(file)).toEqual([]);
  expect(fs.readFileSync(`${file}.unreadable`, 'utf8')).toBe(text);
  expect(fs.existsSync(file)).toBe(false);
});
