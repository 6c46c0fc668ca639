import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';

import type { ImportFailure } from '../../../shared/domain/knowledge-source.js';
import { pause, throwIfCancelled } from '../cancellation.js';
import { reasonOf } from './failure-reason.js';

/** A file below a source. */
export interface FoundFile {
  readonly path: string;
  /** From the source's folder, with `/`, for example `returns/return-policy.md`; for a single file its name. */
  readonly relativePath: string;
  /** Bytes. */
  readonly size: number;
  readonly modifiedMs: number;
}

export interface FoundFiles {
  /** By relative path. */
  readonly files: readonly FoundFile[];
  readonly failures: readonly ImportFailure[];
  /** Relative folders that could not be looked into: what was read from them before is not gone. `''` is the source itself. */
  readonly unreadable: readonly string[];
}

const SKIPPED_FOLDERS = new Set(['node_modules', '__MACOSX']);

/**
 * Lists the files of a source (a file or a folder). Hidden files, packages and links are left out; what cannot be looked
 * into is listed, and the rest goes on.
 */
export async function findFiles(source: string, signal?: AbortSignal): Promise<FoundFiles> {
  const files: FoundFile[] = [];
  const failures: ImportFailure[] = [];
  const unreadable: string[] = [];
  const fail = (relativePath: string, reason: string): void => {
    failures.push({ path: path.join(source, relativePath), place: null, reason, baseId: null });
  };
  const add = async (relativePath: string, file: string): Promise<void> => {
    try {
      const { size, mtimeMs } = await stat(file);
      files.push({ path: file, relativePath, size, modifiedMs: mtimeMs });
    } catch (cause) {
      // A name that is not UTF-8 comes with replacement marks and is then not found under them.
      fail(
        relativePath,
        relativePath.includes('\uFFFD') ? 'Its name is not valid UTF-8: rename it.' : reasonOf(cause),
      );
    }
  };
  const walk = async (inside: string): Promise<void> => {
    throwIfCancelled(signal);
    let entries: Dirent[];
    try {
      entries = await readdir(path.join(source, inside), { withFileTypes: true });
    } catch (cause) {
      fail(inside, `The folder cannot be opened: ${reasonOf(cause)}`);
      unreadable.push(inside);
      return;
    }
    for (const entry of entries) {
      if (entry.name.startsWith('.') || SKIPPED_FOLDERS.has(entry.name)) continue;
      const relativePath = inside === '' ? entry.name : `${inside}/${entry.name}`;
      if (entry.isDirectory()) await walk(relativePath);
      else if (entry.isFile()) await add(relativePath, path.join(source, relativePath));
      else fail(relativePath, 'It is a link or a device; give the real file or folder instead.');
    }
    await pause();
  };

  const root = await stat(source).catch(() => null);
  if (!root) {
    fail('', 'It is not there any more. What was read from it before is kept.');
    unreadable.push('');
  } else if (root.isDirectory()) await walk('');
  else await add(path.basename(source), source);
  files.sort((a, b) => (a.relativePath < b.relativePath ? -1 : 1));
  return { files, failures, unreadable };
}
