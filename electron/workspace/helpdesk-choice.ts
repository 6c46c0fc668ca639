import fs from 'node:fs';
import { z } from 'zod';

import { HelpdeskConnection } from '../../shared/domain/helpdesk.js';
import { AppErrorException } from '../../shared/errors/app-error.js';

const Connections = z.array(HelpdeskConnection);

/** The connected helpdesks. A file that cannot be read is kept beside it under another name and counts as none. */
export function readHelpdesks(file: string): readonly HelpdeskConnection[] {
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch {
    return [];
  }
  try {
    return Connections.parse(JSON.parse(text));
  } catch {
    fs.renameSync(file, `${file}.unreadable`);
    return [];
  }
}

/** Keeps the list, whole or not at all. @throws AppErrorException WORKSPACE_NOT_WRITABLE; the list before stays in force. */
export function saveHelpdesks(file: string, connections: readonly HelpdeskConnection[]): void {
  try {
    fs.writeFileSync(`${file}.new`, `${JSON.stringify(connections, null, 2)}\n`);
    fs.renameSync(`${file}.new`, file);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppErrorException('WORKSPACE_NOT_WRITABLE', reason, { cause: error });
  }
}
