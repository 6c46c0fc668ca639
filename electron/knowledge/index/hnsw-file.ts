import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

import { z } from 'zod';

import type { VectorKind } from '../store/vector-list.js';
import { isRunning } from '../is-running.js';
import { HNSW_PARAMETERS, readHnswIndex, type HnswIndex } from './hnsw-index.js';

/** What an index file must be to be used: of this state of the database, of this embedder, of this shape, whole. */
const Stamp = z.object({
  generation: z.int().nonnegative(),
  embedderId: z.string(),
  kind: z.enum(['passages', 'titles']).default('passages'),
  count: z.int().nonnegative(),
  m: z.int(),
  efConstruction: z.int(),
  /** Number of the team's release the graph came with; null for one made here. */
  release: z.int().nullable(),
  /** The file beside this stamp, named by its content. */
  file: z.string().regex(/^index-[0-9a-f]+-[0-9a-f]+\.hnsw$/),
  sha256: z.string(),
});
type Stamp = z.infer<typeof Stamp>;
export type IndexState = Pick<Stamp, 'generation' | 'embedderId' | 'count'>;

/**
 * The HNSW index of one embedder and kind in a workspace folder: `index-<embedder>-<content>.hnsw`, named by its stamp
 * `index-<embedder>.json`. Two embedders have two indexes of each kind side by side. The database is the truth; these files may be
 * lost or damaged at any time and are then built again.
 */
export interface HnswFile {
  /** The whole file of this embedder and shape at an older generation, which can be brought up to date; else null. */
  older(state: IndexState): Promise<string | null>;
  /** True when there is a file of this state and its checksum is right. */
  isValid(state: IndexState): Promise<boolean>;
  /** Reads the file after verifying it; null when it is not of this state or damaged. */
  read(state: IndexState, dimensions: number): Promise<HnswIndex | null>;
  /**
   * Has `write` write the file beside the old one, then points the stamp to it in one step: a kill at any moment leaves
   * the old pair or the new one. `release` is the one it came with, null for a graph made here.
   */
  replace(state: IndexState, write: (file: string) => Promise<void>, release?: number | null): Promise<void>;
}

export function createHnswFile(
  workspaceDir: string,
  embedderId: string,
  kind: VectorKind = 'passages',
): HnswFile {
  const prefix = indexPrefix(embedderId, kind);
  const stampFile = path.join(workspaceDir, `${prefix}.json`);

  /** A checksum that was right once in this process; what is made here is not read again to be checked. */
  let known: string | null = null;
  const whole = async (matches: (stamp: Stamp) => boolean): Promise<string | null> => {
    const stamp = await readStamp(stampFile);
    if (stamp?.embedderId !== embedderId || !hasShape(stamp) || !matches(stamp)) return null;
    const file = path.join(workspaceDir, stamp.file);
    if (stamp.sha256 === known && existsSync(file)) return file;
    if (stamp.sha256 !== (await sha256Of(file).catch(() => null))) return null;
    known = stamp.sha256;
    return file;
  };
  const current = ({ generation, count }: IndexState): Promise<string | null> =>
    whole((stamp) => stamp.generation === generation && stamp.count === count);

  return {
    older: (state) => whole(({ generation }) => generation < state.generation),
    isValid: async (state) => (await current(state)) !== null,
    async read(state, dimensions) {
      const file = await current(state);
      return file ? readHnswIndex(file, { dimensions, count: state.count }) : null;
    },
    async replace(state, write, release = null) {
      const temporary = path.join(workspaceDir, `${prefix}.hnsw.${String(process.pid)}.tmp`);
      const temporaryStamp = `${stampFile}.${String(process.pid)}.tmp`;
      await removeLeftovers(workspaceDir);
      try {
        await write(temporary);
        await flush(temporary);
        const sha256 = await sha256Of(temporary);
        const { m, efConstruction } = HNSW_PARAMETERS;
        const file = `${prefix}-${sha256.slice(0, 16)}.hnsw`;
        const stamp: Stamp = { ...state, kind, m, efConstruction, release, file, sha256 };
        await rename(temporary, path.join(workspaceDir, file));
        await writeFile(temporaryStamp, `${JSON.stringify(stamp, null, 2)}\n`, { flush: true });
        await rename(temporaryStamp, stampFile);
        known = sha256;
        await removeIndexFiles(workspaceDir, (name) => name.startsWith(`${prefix}-`) && name !== file);
      } finally {
        await Promise.all([temporary, temporaryStamp].map((leftover) => rm(leftover, { force: true })));
      }
    },
  };
}

/** Removes the index files of embedders that are not in use any more, and those of Cuecard 0.1 (`index.hnsw`). */
export async function removeOtherIndexes(
  workspaceDir: string,
  embedderIds: readonly string[],
): Promise<void> {
  const kept = embedderIds.flatMap((id) => [indexPrefix(id, 'passages'), indexPrefix(id, 'titles')]);
  await removeIndexFiles(
    workspaceDir,
    (name) => !kept.some((prefix) => name.startsWith(`${prefix}-`) || name === `${prefix}.json`),
  );
}

async function removeIndexFiles(workspaceDir: string, isOld: (name: string) => boolean): Promise<void> {
  for (const name of await readdir(workspaceDir)) {
    if (/^index(?:-[0-9a-f]+)*\.(?:hnsw|json)$/.test(name) && isOld(name))
      // Another process may be reading it (Windows keeps such a file); the next swap removes it.
      await rm(path.join(workspaceDir, name), { force: true }).catch(() => undefined);
  }
}

function indexPrefix(embedderId: string, kind: VectorKind): string {
  const name = kind === 'passages' ? embedderId : `${embedderId} ${kind}`;
  return `index-${createHash('sha256').update(name).digest('hex').slice(0, 8)}`;
}

const hasShape = ({ m, efConstruction }: Stamp): boolean =>
  m === HNSW_PARAMETERS.m && efConstruction === HNSW_PARAMETERS.efConstruction;

async function readStamp(file: string): Promise<Stamp | null> {
  try {
    return Stamp.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return null;
  }
}

/** Removes what a process left behind that was killed while it wrote; files of living processes stay. */
async function removeLeftovers(workspaceDir: string): Promise<void> {
  for (const name of await readdir(workspaceDir)) {
    const pid = /^index(?:-[0-9a-f]+)?\.(?:hnsw|json)\.(\d+)\.tmp$/.exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid)))
      await rm(path.join(workspaceDir, name), { force: true });
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
