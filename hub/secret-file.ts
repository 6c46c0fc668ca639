import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { AppErrorException } from '../shared/errors/app-error.js';

/**
 * The secret of a hub with an embedded store: a file only its owner reads, made at the first start.
 * @throws AppErrorException HUB_CONFIG_INVALID when it is there but cannot be read: a new one would not open what the old one sealed.
 */
export function readOrMakeSecret(folder: string): string {
  const file = path.join(folder, 'secret');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    writeFileSync(file, randomBytes(32).toString('base64url'), { flag: 'wx', mode: 0o600 });
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST'))
      throw new AppErrorException('HUB_CONFIG_INVALID', `CUECARD_HUB_FOLDER: ${String(cause)}`, { cause });
  }
  const secret = readFileSync(file, 'utf8').trim();
  if (secret.length < 32)
    throw new AppErrorException(
      'HUB_CONFIG_INVALID',
      `CUECARD_HUB_FOLDER: ${file} is damaged; restore it from a backup`,
    );
  return secret;
}
