import fs from 'node:fs';
import { z } from 'zod';

import { BusinessSystem } from '../../shared/domain/business-system.js';
import { AppErrorException } from '../../shared/errors/app-error.js';

const Systems = z.array(z.unknown());

/**
 * The connected business systems. A file that cannot be read is kept beside it under another name and counts as none; where only some of its systems
 * cannot be read, a copy of it is kept, and the others count.
 */
export function readBusinessSystems(file: string): readonly BusinessSystem[] {
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch {
    return [];
  }
  let all: readonly unknown[];
  try {
    all = Systems.parse(JSON.parse(text));
  } catch {
    fs.renameSync(file, `${file}.unreadable`);
    return [];
  }
  const systems = all.flatMap((one) => BusinessSystem.safeParse(one).data ?? []);
  if (systems.length < all.length) fs.copyFileSync(file, `${file}.unreadable`);
  return systems;
}

/** Keeps the list, whole or not at all. @throws AppErrorException WORKSPACE_NOT_WRITABLE; the list before stays in force. */
export function saveBusinessSystems(file: string, systems: readonly BusinessSystem[]): void {
  try {
    fs.writeFileSync(`${file}.new`, `${JSON.stringify(systems, null, 2)}\n`);
    fs.renameSync(`${file}.new`, file);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppErrorException('WORKSPACE_NOT_WRITABLE', reason, { cause: error });
  }
}
