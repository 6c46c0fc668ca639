import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';

import { AppErrorException } from '../../shared/errors/app-error.js';

/**
 * Writes a file whole or not at all, readable for this user only; what stood at `path` is replaced, as its owner was asked.
 * @throws AppErrorException ATTACHMENT_NOT_SAVED; then nothing is left behind.
 */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const part = `${path}.${randomUUID().slice(0, 8)}.part`;
  try {
    await writeFile(part, bytes, { mode: 0o600, flag: 'wx' });
    await rename(part, path);
  } catch (cause) {
    await rm(part, { force: true }).catch(() => undefined);
    throw new AppErrorException('ATTACHMENT_NOT_SAVED', undefined, { cause });
  }
}
