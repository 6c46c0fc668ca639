import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

import { appError, AppErrorException, errorCodeOf, type AppError } from '../shared/errors/app-error.js';
import type { CreateLogger, Logger } from '../shared/lib/logger.js';
import { openDatabase, type Database, type Durability, type MigrationSet } from './storage/database.js';
import { isKeyOfDatabase, kindOfDatabaseFile } from './storage/database-file.js';
import { BESIDE_A_DATABASE, encryptDatabase } from './storage/encrypt-database.js';
import { asideFolder, foldersAside, setAside, undoUnfinished } from './storage/set-aside.js';
import type { SecretPlace } from './team/token-vault.js';
import type { WorkspacePaths } from './workspace/workspace.js';

/** The databases of a workspace that hold words of customers, made ready to be opened. */
export interface DeskStorage {
  /** The key all of them are encrypted with; null where the system keeps none. */
  readonly key: string | null;
  /** What the rep is to be told: files that were put aside, or that lie in plain though there is a key. */
  readonly problem: AppError | null;
  /** Opens one of them, as it is: with the key, or plain. @throws as {@link openDatabase}. */
  open(file: string, migrations: readonly MigrationSet[], durability?: Durability): Database;
  /** Puts a file aside that turned out to be damaged. Nothing may have it open. @returns the folder. */
  putAside(file: string): string;
  /** The folder of what was put aside, at this or an earlier start; null where there is none. */
  aside(): string | null;
}

export interface StorageOptions {
  readonly workspace: Pick<
    WorkspacePaths,
    | 'dir'
    | 'deskDatabase'
    | 'runsDatabase'
    | 'ledgerDatabase'
    | 'helpdeskDatabase'
    | 'helpdeskEvents'
    | 'databaseKey'
  >;
  readonly secretIn: (file: string) => SecretPlace;
  readonly createLogger: CreateLogger;
  readonly now: () => Date;
}

/**
 * Gets the key of the workspace, encrypts what an earlier version or a start without a keychain left in plain, and puts aside what no key
 * opens. To be called once, before anything of the workspace is opened.
 *
 * Where the system keeps no key, what a rep decided and what left this computer stays on the disk in plain, since it cannot be made again;
 * what was read from helpdesks and what runs knew can, and is kept in memory or not at all by those who open it.
 * @throws AppErrorException WORKSPACE_NOT_WRITABLE when a file that must be put aside cannot be moved.
 */
export function composeStorage({ workspace, secretIn, createLogger, now }: StorageOptions): DeskStorage {
  const log = createLogger('storage');
  const { dir, databaseKey, deskDatabase, runsDatabase, ledgerDatabase } = workspace;
  const kept = [deskDatabase, runsDatabase, ledgerDatabase];
  // Where there is no key today, these are not opened and wait for it.
  const onlyEncrypted = [workspace.helpdeskDatabase, workspace.helpdeskEvents];
  const place = secretIn(databaseKey);
  const hasKeychain = place.isEncrypted();
  const found = hasKeychain ? place.read() : null;
  const isLost = (file: string): boolean =>
    kindOfDatabaseFile(file) === 'unreadable' && (found === null || !isKeyOfDatabase(file, found));
  let problem: AppError | null = null;
  try {
    undoUnfinished(dir);
    const lost = (hasKeychain ? [...kept, ...onlyEncrypted] : kept).filter(isLost);
    // A key that is about to be replaced goes along, for the day the keychain can read it.
    const sealed = hasKeychain && found === null && fs.existsSync(databaseKey) ? [databaseKey] : [];
    if (lost.length + sealed.length > 0) {
      const folder = setAside(dir, [...lost, ...sealed], now());
      log.error('storage.set_aside', { count: lost.length });
      if (lost.length > 0) problem = appError('WORKSPACE_SET_ASIDE', folder);
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AppErrorException('WORKSPACE_NOT_WRITABLE', reason, { cause });
  }
  const key = hasKeychain ? (found ?? newKey(place, log)) : null;
  const plain = key === null ? [] : encryptAll([...kept, ...onlyEncrypted], key, log);
  if (plain.length > 0) problem ??= appError('WORKSPACE_NOT_ENCRYPTED', plain.join(', '));

  if (key !== null) problem ??= readableAside(workspace, secretIn, key);
  // Runs that lie in plain are of no use to anybody, and are not opened where there is no key.
  if (key === null && kindOfDatabaseFile(runsDatabase) === 'plain')
    for (const rest of ['', ...BESIDE_A_DATABASE]) fs.rmSync(`${runsDatabase}${rest}`, { force: true });

  return {
    ...{ key, problem },
    open(file, migrations, durability = 'full') {
      const isPlain = key === null || kindOfDatabaseFile(file) === 'plain';
      return openDatabase(file, migrations, durability, isPlain ? null : key);
    },
    putAside: (file) => setAside(dir, [file], now()),
    aside: () => asideFolder(dir),
  };
}

/** What was put aside while the keychain was only locked holds decisions that nobody must forget there. */
function readableAside(
  { dir, deskDatabase, databaseKey }: StorageOptions['workspace'],
  secretIn: StorageOptions['secretIn'],
  key: string,
): AppError | null {
  const isReadable = (folder: string): boolean => {
    const desk = path.join(folder, path.basename(deskDatabase));
    const own = secretIn(path.join(folder, path.basename(databaseKey))).read() ?? key;
    return kindOfDatabaseFile(desk) === 'unreadable' && isKeyOfDatabase(desk, own);
  };
  const folder = foldersAside(dir).find(isReadable);
  return folder === undefined ? null : appError('WORKSPACE_ASIDE_READABLE', folder);
}

/** On the disk and read back before anything is encrypted with it; null where that fails. */
function newKey(place: SecretPlace, log: Logger): string | null {
  const key = randomBytes(32).toString('hex');
  try {
    place.write(key);
    if (place.read() === key) return key;
    log.error('storage.key_not_kept', { code: 'unreadable' });
  } catch (error) {
    log.error('storage.key_not_kept', { code: errorCodeOf(error) });
  }
  return null;
}

/** @returns the names of those that stay plain. The error is told by its code alone: its text may name the key. */
function encryptAll(files: readonly string[], key: string, log: Logger): string[] {
  return files.flatMap((file) => {
    try {
      const startedAt = performance.now();
      if (encryptDatabase(file, key))
        log.info('storage.encrypted', { durationMs: Math.round(performance.now() - startedAt) });
      return [];
    } catch (error) {
      const code = (error as { code?: unknown }).code;
      log.error('storage.not_encrypted', { code: typeof code === 'string' ? code : errorCodeOf(error) });
      return [path.basename(file)];
    }
  });
}
