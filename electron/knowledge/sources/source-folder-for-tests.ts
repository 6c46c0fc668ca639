import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach } from 'vitest';

/** A fresh folder of files to read in each test of the suite that calls it; gone afterwards. */
export function useSourceFolder(): {
  readonly dir: () => string;
  /** Writes a file and gives its whole path. */
  readonly put: (name: string, content: string | Buffer) => Promise<string>;
} {
  let dir = '';
  beforeEach(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'cuecard-source-'));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));
  return {
    dir: () => dir,
    async put(name, content) {
      const file = path.join(dir, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, content);
      return file;
    },
  };
}
