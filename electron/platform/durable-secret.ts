import fs from 'node:fs';
import path from 'node:path';

import { z } from 'zod';

import { AppErrorException } from '../../shared/errors/app-error.js';
import type { Cipher } from './secret-file.js';

/** One secret that must be there after a restart. */
export interface DurableSecret {
  /** Null when there is none, or none this user of this machine can read. */
  read(): string | null;
  /** On disk when it returns, whole or not at all; null removes it. @throws AppErrorException WORKSPACE_NOT_WRITABLE. */
  write(secret: string | null): void;
  /** Whether the system encrypts it; otherwise the file can be read by this user, and by whoever takes over the account or the disk. */
  isEncrypted(): boolean;
}

/** A rename outlasts a power failure once its folder is on disk. */
function syncFolder(dir: string): void {
  try {
    const handle = fs.openSync(dir, 'r');
    try {
      fs.fsyncSync(handle);
    } finally {
      fs.closeSync(handle);
    }
  } catch {
    // Windows opens no folders, and some network drives sync none.
  }
}

const Content = z.object({ isEncrypted: z.boolean(), secret: z.string() });

/** Keeps one secret in a file that only its user may read, encrypted wherever the system offers that. */
export function createDurableSecret(file: string, cipher: Cipher): DurableSecret {
  return {
    read() {
      try {
        const { isEncrypted, secret } = Content.parse(JSON.parse(fs.readFileSync(file, 'utf8')));
        return isEncrypted ? cipher.decrypt(Buffer.from(secret, 'base64')) : secret;
      } catch {
        return null;
      }
    },
    write(secret) {
      try {
        if (secret === null) return fs.rmSync(file, { force: true });
        const isEncrypted = cipher.isSafe();
        const content: z.infer<typeof Content> = {
          isEncrypted,
          secret: isEncrypted ? cipher.encrypt(secret).toString('base64') : secret,
        };
        fs.mkdirSync(path.dirname(file), { recursive: true });
        // A file that is there would keep its rights.
        fs.rmSync(`${file}.new`, { force: true });
        fs.writeFileSync(`${file}.new`, JSON.stringify(content), { mode: 0o600, flush: true });
        fs.renameSync(`${file}.new`, file);
        syncFolder(path.dirname(file));
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause);
        throw new AppErrorException('WORKSPACE_NOT_WRITABLE', reason, { cause });
      }
    },
    isEncrypted: () => cipher.isSafe(),
  };
}
