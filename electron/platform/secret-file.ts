import fs from 'node:fs';
import path from 'node:path';

/** What encrypts for this user of this machine alone. */
export interface Cipher {
  /** False when what it makes could be read by others. */
  isSafe(): boolean;
  encrypt(text: string): Buffer;
  /** @throws when it was made for another user or machine. */
  decrypt(bytes: Buffer): string;
}

/** Secrets by name. */
export interface SecretFile {
  readonly canStore: () => boolean;
  read(name: string): string | null;
  placeOf(name: string): 'none' | 'stored' | 'this_run';
  keep(name: string, secret: string): void;
  forget(name: string): void;
}

/**
 * Keeps secrets in one encrypted file, names included. Where nothing safe encrypts, or the file cannot be written,
 * they are kept in memory and are gone when the process ends. A file that cannot be read counts as empty.
 */
export function createSecretFile(file: string, cipher: Cipher): SecretFile {
  const ofThisRun = new Map<string, string>();
  let stored: Map<string, string> | null = null;

  // Not before it is needed: on macOS the system asks the user.
  const load = (): Map<string, string> => {
    if (stored) return stored;
    stored = new Map();
    try {
      if (fs.existsSync(file) && cipher.isSafe()) {
        const entries: unknown = JSON.parse(cipher.decrypt(fs.readFileSync(file)));
        for (const [name, secret] of Object.entries(entries ?? {}))
          if (typeof secret === 'string') stored.set(name, secret);
      }
    } catch {
      // Made for another user or machine, or damaged: whoever owns the secret enters it again.
    }
    return stored;
  };
  const write = (secrets: Map<string, string>): void => {
    if (secrets.size === 0) return fs.rmSync(file, { force: true });
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(`${file}.new`, cipher.encrypt(JSON.stringify(Object.fromEntries(secrets))), {
      mode: 0o600,
    });
    fs.renameSync(`${file}.new`, file);
  };
  const change = (edit: (secrets: Map<string, string>) => void): boolean => {
    const next = new Map(load());
    edit(next);
    try {
      write(next);
      stored = next;
      return true;
    } catch {
      return false;
    }
  };

  return {
    canStore: () => cipher.isSafe(),
    read: (name) => ofThisRun.get(name) ?? load().get(name) ?? null,
    placeOf: (name) => (ofThisRun.has(name) ? 'this_run' : load().has(name) ? 'stored' : 'none'),
    keep(name, secret) {
      ofThisRun.delete(name);
      if (!cipher.isSafe() || !change((secrets) => secrets.set(name, secret))) ofThisRun.set(name, secret);
    },
    forget(name) {
      ofThisRun.delete(name);
      if (load().has(name)) change((secrets) => secrets.delete(name));
    },
  };
}
