import fs from 'node:fs';

import { expect, it } from 'vitest';

import { CATALOGUE_NAMES } from '../catalogue-names.js';

// Catches: a tool that is added to the catalogue and whose name a connected system may still take.
it('names every tool of the catalogue', () => {
  const dir = new URL('.', import.meta.url);
  const written = fs
    .readdirSync(dir)
    .filter((file) => file.endsWith('.ts') && !file.includes('test'))
    .flatMap((file) => [...fs.readFileSync(new URL(file, dir), 'utf8').matchAll(/^ +name: '([a-z_]+)',$/gmu)])
    .map(([, name]) => name);
  expect(written.length).toBeGreaterThan(5);
  expect([...CATALOGUE_NAMES].sort()).toEqual(written.sort());
});
