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
  /** Whether messages of helpdesks lie there encrypted, until there is a key again. */
  readonly isWaiting: boolean;
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
  /**
   * Asked where files are encrypted and the keychain does not give their key, which it may do the next time: tries again, or puts them aside.
   * Throws where neither is wanted; nothing was changed then.
   */
  readonly whenLocked: () => 'try_again' | 'begin_anew';
  readonly createLogger: CreateLogger;
  readonly now: () => Date;
}

/**
 * Gets the key of the workspace, encrypts what an earlier version or a start without a keychain left in plain, and puts aside what no key
 * opens. To be called once, before anything of the workspace is opened.
 *
 * Where the system keeps no key, what a rep decided and what left this computer stays on the disk in plain, since it cannot be made again;
 * what was read from helpdesks and what runs knew can, and is kept in memory or not at all by those who open it.
 * @throws AppErrorException WORKSPACE_NOT_WRITABLE when a file cannot be looked at or put aside; what `whenLocked` throws.
 */
export function composeStorage(options: StorageOptions): DeskStorage {
  const { workspace, secretIn, whenLocked, createLogger, now } = options;
  const log = createLogger('storage');
  const { dir, databaseKey, deskDatabase, runsDatabase, ledgerDatabase } = workspace;
  const kept = [deskDatabase, runsDatabase, ledgerDatabase];
  // Where there is no key today, these are not opened and wait for it.
  const onlyEncrypted = [workspace.helpdeskDatabase, workspace.helpdeskEvents];
  const place = secretIn(databaseKey);
  const hasKeychain = place.isEncrypted();
  const needed = hasKeychain ? [...kept, ...onlyEncrypted] : kept;
  const unreadable = (): string[] => needed.filter((file) => kindOfDatabaseFile(file) === 'unreadable');
  let problem: AppError | null = null;
  let found: string | null = null;
  try {
    undoUnfinished(dir);
    const read = (): string | null => (hasKeychain ? place.read() : null);
    found = read();
    // Deliveries and changes may be under way in what nobody can read just now: done again without them, they would be done twice.
    while (found === null && unreadable().length > 0 && (!hasKeychain || fs.existsSync(databaseKey))) {
      if (whenLocked() === 'begin_anew') break;
      found = read();
    }
    const key = found;
    const lost = unreadable().filter((file) => key === null || !isKeyOfDatabase(file, key));
    // A key that is about to be replaced goes along, for the day the keychain can read it.
    const sealed = hasKeychain && found === null && fs.existsSync(databaseKey) ? [databaseKey] : [];
    const damaged = damagedLedgers(ledgerDatabase);
    if (lost.length + sealed.length + damaged.length > 0) {
      const folder = setAside(dir, [...lost, ...sealed, ...damaged], now());
      log.error('storage.set_aside', { count: lost.length });
      if (lost.length > 0) problem = appError('WORKSPACE_SET_ASIDE', folder);
    }
  } catch (cause) {
    if (cause instanceof AppErrorException) throw cause;
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
    isWaiting: key === null && onlyEncrypted.some((file) => kindOfDatabaseFile(file) === 'unreadable'),
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

/** What earlier versions left beside the ledger when it was damaged. */
function damagedLedgers(ledger: string): string[] {
  const dir = path.dirname(ledger);
  const start = `${path.basename(ledger)}.damaged-`;
  return fs
    .readdirSync(dir)
    .filter((name) => name.startsWith(start) && !/-(wal|shm)$/.test(name))
    .map((name) => path.join(dir, name));
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
