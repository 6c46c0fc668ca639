import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { createAllowedOrigins, helpdeskName } from './allowed-origins.js';

const DESK = helpdeskName('desk-1', 'https://desk.example/a');
const MOVED = helpdeskName('desk-1', 'https://evil.example');
let dir: string;
let file: string;

beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'cuecard-origins-'));
  file = path.join(dir, 'origins.json');
});
afterEach(() => fs.rmSync(dir, { recursive: true, force: true }));

// Catches: a sign-in that has to be allowed at each start, and one that is allowed for another helpdesk under the same id.
it('keeps what was allowed for one helpdesk at one address, over a restart', () => {
  const origins = createAllowedOrigins(file);
  origins.allow(DESK, 'https://login.example');
  origins.allow(DESK, 'https://login.example');
  const again = createAllowedOrigins(file);
  expect(again.of(DESK)).toEqual(['https://login.example']);
  expect(again.of(MOVED)).toEqual([]);
});

// Catches: a place that stays allowed after the rep took it back or removed the helpdesk.
it('forgets what was taken back and what is not connected any more', () => {
  const origins = createAllowedOrigins(file);
  origins.allow(DESK, 'https://login.example');
  origins.allow('desk-2 https://other.example', 'https://sso.example');
  origins.forget(DESK);
  expect(createAllowedOrigins(file).of(DESK)).toEqual([]);
  expect(createAllowedOrigins(file).of('desk-2 https://other.example')).toEqual(['https://sso.example']);
  origins.keepOnly([DESK]);
  expect(fs.readFileSync(file, 'utf8')).toBe('{}');
});

// Catches: a damaged file that stops the app, or allows something.
it('allows nothing where its file cannot be read', () => {
  fs.writeFileSync(file, '{"desk-1 https://desk.example":"*"}');
  expect(createAllowedOrigins(file).of(DESK)).toEqual([]);
});
