import path from 'node:path';

import type { ImportFailure } from '../../../shared/domain/knowledge-source.js';
import { baseIds } from '../sources/article-ids.js';
import { readerByName } from '../sources/choose-reader.js';
import { findFiles, type FoundFile } from '../sources/find-files.js';
import type { SourceReader } from '../sources/source-reader.js';
import { CHUNKER_VERSION } from '../chunks/chunker.js';
import type { SourceStore, StoredFile } from '../store/source-store.js';
import type { ImportScope, ScopeSource } from './import-scope.js';

/** A file to read: new, changed, or read by an older reader. */
export interface PlannedFile {
  readonly source: ScopeSource;
  readonly found: FoundFile;
  readonly baseId: string;
  readonly reader: SourceReader;
  /** As it was when it was read last; null for a new file. */
  readonly stored: StoredFile | null;
}

export interface ImportPlan {
  readonly toRead: readonly PlannedFile[];
  /** Files that are as they were. */
  readonly unchangedFiles: number;
  /** Files that are there no more; their articles go. */
  readonly gone: readonly { readonly sourceId: string; readonly path: string }[];
  /** What was found and cannot be read, now or when it was read last. */
  readonly failures: readonly ImportFailure[];
}

/** What read a file, as it is remembered with it: another way to cut articles needs its text again, too. */
export const readerStamp = (reader: SourceReader): string => `${reader.id}/${CHUNKER_VERSION}`;

/** Compares the files of the sources with what is known of them: only size and time are looked at. */
export async function planImport(
  scope: ImportScope,
  store: SourceStore,
  signal?: AbortSignal,
): Promise<ImportPlan> {
  const toRead: (Omit<PlannedFile, 'baseId'> & { baseId: string | null })[] = [];
  const gone: { sourceId: string; path: string }[] = [];
  const failures: ImportFailure[] = [];
  const planned = new Set<string>();
  let unchangedFiles = 0;
  for (const source of scope.sources) {
    const found = await findFiles(source.path, signal);
    failures.push(...found.failures);
    const known = source.id === null ? new Map<string, StoredFile>() : store.files(source.id);
    const skipped: FoundFile[] = [];
    for (const file of found.files) {
      // A folder and a file inside it may both be given.
      if (planned.has(path.resolve(file.path))) continue;
      const reader = readerByName(file.relativePath, source.pool);
      if (!reader) {
        skipped.push(file);
        continue;
      }
      planned.add(path.resolve(file.path));
      const stored = known.get(file.relativePath) ?? null;
      known.delete(file.relativePath);
      if (stored && isSame(stored, file, reader)) {
        unchangedFiles++;
        failures.push(...stored.failures.map((failure) => ({ path: file.path, ...failure })));
      } else toRead.push({ source, found: file, reader, stored, baseId: stored?.baseId ?? null });
    }
    failures.push(...skippedFailures(source, skipped));
    for (const lost of known.keys()) {
      if (source.id !== null && !isBelow(lost, found.unreadable))
        gone.push({ sourceId: source.id, path: lost });
    }
  }
  const leaving = new Set<string | null>(scope.leaving);
  if (scope.replacesDetached !== null) leaving.add(null);
  const isTaken = (id: string): boolean => store.ownersOf(id).some((owner) => !leaving.has(owner));
  const fresh = toRead.filter(({ baseId }) => baseId === null);
  const given = baseIds(
    fresh.map(({ found }) => found),
    isTaken,
  );
  const ids = new Map(fresh.map((file, i) => [file, given[i] ?? '']));
  return {
    toRead: toRead.map((file) => ({ ...file, baseId: file.baseId ?? ids.get(file) ?? '' })),
    unchangedFiles,
    gone,
    failures,
  };
}

function isSame(stored: StoredFile, found: FoundFile, reader: SourceReader): boolean {
  return (
    stored.size === found.size &&
    stored.modifiedMs === found.modifiedMs &&
    stored.reader === readerStamp(reader)
  );
}

function isBelow(file: string, folders: readonly string[]): boolean {
  return folders.some((folder) => folder === '' || file.startsWith(`${folder}/`));
}

const LISTED_SKIPPED = 20;

/** A folder of pictures is one line, not a thousand. */
function skippedFailures(source: ScopeSource, skipped: readonly FoundFile[]): ImportFailure[] {
  const listed = skipped.slice(0, LISTED_SKIPPED).map(({ path: file, relativePath }) => ({
    path: file,
    place: null,
    reason: skipReason(relativePath, source),
  }));
  const rest = skipped.length - listed.length;
  if (rest === 0) return listed;
  const reason = `${String(rest)} more files of types that are not read were skipped.`;
  return [...listed, { path: source.path, place: null, reason }];
}

function skipReason(relativePath: string, { pool }: ScopeSource): string {
  const extension = path.extname(relativePath).toLowerCase();
  const otherPool = pool === 'articles' ? 'cases' : 'articles';
  if (readerByName(relativePath, otherPool)) {
    return pool === 'articles'
      ? 'It holds past conversations: add it as past cases.'
      : 'It holds articles, not past conversations: add it as articles.';
  }
  return extension === ''
    ? 'Files without an extension are not read.'
    : `Files of this type (${extension}) are not read.`;
}
