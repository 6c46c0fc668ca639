import fs from 'node:fs';
import path from 'node:path';

import { AppErrorException } from '../../shared/errors/app-error.js';
import { openWorkspace, type WorkspacePaths } from './workspace.js';

/** Written last into a built demo workspace; names its content, so that a newer build replaces an older copy. */
const STAMP = 'demo.json';

/** What belongs to the rep and is never replaced by a newer demo. */
const OWN_FILES = /^(desk|runs|shop)\.db|^settings\.json$/;

/**
 * Gives the demo workspace in `targetDir`, copied from the one set-up built; decisions and settings stay.
 * A copy that was interrupted has no stamp and is made again.
 * @throws AppErrorException WORKSPACE_NOT_FOUND when set-up built none, WORKSPACE_NOT_WRITABLE when the copy fails.
 */
export function prepareDemoWorkspace(builtDir: string, targetDir: string): WorkspacePaths {
  const wanted = readStamp(builtDir);
  if (wanted === null) {
    throw new AppErrorException(
      'WORKSPACE_NOT_FOUND',
      `${builtDir}: run "npm start" once to build the demo team`,
    );
  }
  if (readStamp(targetDir) !== wanted) copyWorkspace(builtDir, targetDir, wanted);
  return openWorkspace(targetDir);
}

/** Marks a demo workspace as complete. `stamp` names its content. */
export function writeDemoStamp(dir: string, stamp: string): void {
  fs.writeFileSync(path.join(dir, STAMP), stamp);
}

function readStamp(dir: string): string | null {
  try {
    return fs.readFileSync(path.join(dir, STAMP), 'utf8');
  } catch {
    return null;
  }
}

function copyWorkspace(builtDir: string, targetDir: string, stamp: string): void {
  try {
    fs.mkdirSync(targetDir, { recursive: true });
    fs.rmSync(path.join(targetDir, STAMP), { force: true });
    for (const name of fs.readdirSync(targetDir)) {
      if (!OWN_FILES.test(name)) fs.rmSync(path.join(targetDir, name), { recursive: true });
    }
    for (const name of fs.readdirSync(builtDir)) {
      if (OWN_FILES.test(name) || name === STAMP) continue;
      fs.cpSync(path.join(builtDir, name), path.join(targetDir, name), { recursive: true });
    }
    writeDemoStamp(targetDir, stamp);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppErrorException('WORKSPACE_NOT_WRITABLE', reason, { cause: error });
  }
}
