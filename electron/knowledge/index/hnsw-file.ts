import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

import { z } from 'zod';

import { readHnswIndex, type HnswIndex } from './hnsw-index.js';

/** What an index file must be to be used: of this state of the database, of this embedder, whole. */
const Stamp = z.object({
  generation: z.int().nonnegative(),
  embedderId: z.string(),
  count: z.int().nonnegative(),
  sha256: z.string(),
});
export type IndexState = Omit<z.infer<typeof Stamp>, 'sha256'>;

/**
 * The HNSW index of a workspace on disk: `index.hnsw` and its stamp `index.json`. The database is the truth; this file
 * may be lost or damaged at any time and is then built again.
 */
export interface HnswFile {
  readonly path: string;
  /** True when the file is whole and of this embedder, at an older generation: it can be brought up to date. */
  isOlder(state: IndexState): Promise<boolean>;
  /** True when the file is of this state and its checksum is right. */
  isValid(state: IndexState): Promise<boolean>;
  /** Reads the file after verifying it; null when it is not of this state or damaged. */
  read(state: IndexState, dimensions: number): Promise<HnswIndex | null>;
  /** Writes beside the old file and swaps at once: a kill leaves the old pair, or a pair that does not verify. */
  write(index: HnswIndex, state: IndexState): Promise<void>;
}

export function createHnswFile(workspaceDir: string): HnswFile {
  const file = path.join(workspaceDir, 'index.hnsw');
  const stampFile = path.join(workspaceDir, 'index.json');

  const isWhole = async (matches: (stamp: IndexState) => boolean): Promise<boolean> => {
    const stamp = await readStamp(stampFile);
    return stamp !== null && matches(stamp) && stamp.sha256 === (await sha256Of(file).catch(() => null));
  };
  const isValid = (state: IndexState): Promise<boolean> =>
    isWhole(
      ({ generation, embedderId, count }) =>
        generation === state.generation && embedderId === state.embedderId && count === state.count,
    );

  return {
    path: file,
    isValid,
    isOlder: (state) =>
      isWhole(
        ({ generation, embedderId }) => generation < state.generation && embedderId === state.embedderId,
      ),
    read: async (state, dimensions) =>
      (await isValid(state)) ? readHnswIndex(file, { dimensions, count: state.count }) : null,
    async write(index, state) {
      const temporary = `${file}.${process.pid}.tmp`;
      const temporaryStamp = `${stampFile}.${process.pid}.tmp`;
      await removeLeftovers(workspaceDir);
      try {
        await index.write(temporary);
        await flush(temporary);
        const stamp = { ...state, sha256: await sha256Of(temporary) };
        await writeFile(temporaryStamp, `${JSON.stringify(stamp, null, 2)}\n`, { flush: true });
        await rename(temporary, file);
        await rename(temporaryStamp, stampFile);
      } finally {
        await Promise.all([temporary, temporaryStamp].map((leftover) => rm(leftover, { force: true })));
      }
    },
  };
}

async function readStamp(file: string): Promise<z.infer<typeof Stamp> | null> {
  try {
    return Stamp.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return null;
  }
}

/** Removes what a process left behind that was killed while it wrote; files of living processes stay. */
async function removeLeftovers(workspaceDir: string): Promise<void> {
  for (const name of await readdir(workspaceDir)) {
    const pid = /^index\.(?:hnsw|json)\.(\d+)\.tmp$/.exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid)))
      await rm(path.join(workspaceDir, name), { force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1024 * 1024 }), hash);
  return hash.digest('hex');
}

async function flush(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
