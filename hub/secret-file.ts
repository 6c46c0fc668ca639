import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { AppErrorException } from '../shared/errors/app-error.js';

/**
 * The secret of a hub with an embedded store: a file only its owner reads, made at the first start.
 * @throws AppErrorException HUB_CONFIG_INVALID when it is there but cannot be read: a new one would not open what the old one sealed.
 */
export function readOrMakeSecret(folder: string): string {
  const file = path.join(folder, 'secret');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (!existsSync(file)) make(file);
    const secret = readFileSync(file, 'utf8').trim();
    if (secret.length >= 32) return secret;
  } catch (cause) {
    throw new AppErrorException('HUB_CONFIG_INVALID', `CUECARD_HUB_FOLDER: ${String(cause)}`, { cause });
  }
  throw new AppErrorException(
    'HUB_CONFIG_INVALID',
    `CUECARD_HUB_FOLDER: ${file} is damaged; restore it from a backup`,
  );
}

/** Whole under its name or not there, whenever the machine stops. */
function make(file: string): void {
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, randomBytes(32).toString('base64url'), { mode: 0o600, flush: true });
  try {
    linkSync(draft, file);
  } finally {
    rmSync(draft);
  }
}
