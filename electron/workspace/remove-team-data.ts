import fs from 'node:fs';
import path from 'node:path';

import { z } from 'zod';

import { AppErrorException } from '../../shared/errors/app-error.js';
import {
  EndedMembership,
  MEMBERSHIP_FOLDER,
  readJson,
  teamFiles,
  writeJson,
  type TeamFiles,
} from './team-files.js';

/** Why and how the team's data on this computer goes. */
const Removal = z.object({
  /** What the person is told afterwards; null when they asked for it themselves. */
  ended: EndedMembership.nullable(),
  /**
   * The membership of another team that was joined: it is put in place of the one that goes, and its tokens stay. Here as well, since a kill
   * may come before it is in its own file.
   */
  joined: z.looseObject({}).nullable(),
});
export type Removal = z.infer<typeof Removal>;

/** What the rep chose for this computer, and no team's data. */
const OWN = new Set(['settings.json', 'embedder.json', 'models.json', 'privacy.json']);

/**
 * Writes down that the data is to be deleted, before anything is. From then on {@link finishRemoval} does it, now or at the next start.
 * @throws AppErrorException WORKSPACE_NOT_WRITABLE.
 */
export function markRemoval(files: Pick<TeamFiles, 'removal'>, removal: Removal): void {
  try {
    writeJson(files.removal, removal);
  } catch (cause) {
    throw notWritable(cause);
  }
}

/**
 * Deletes what a marked removal names: knowledge and its indexes, suggestions, runs, decisions (sent or not), what is staged, tokens and
 * membership; all of the workspace but the settings. To be called while nothing of the workspace is open: it is,
 * whenever one is opened, so that a removal that was killed is finished the next time.
 * @returns whether there was something to delete.
 * @throws AppErrorException WORKSPACE_NOT_WRITABLE when something cannot be deleted; the mark stays.
 */
export function finishRemoval(workspaceDir: string): boolean {
  const files = teamFiles(path.join(workspaceDir, MEMBERSHIP_FOLDER));
  if (!fs.existsSync(files.removal)) return false;
  // A mark that cannot be read still says that the data must go.
  const removal = readJson(files.removal, Removal) ?? { ended: null, joined: null };
  try {
    for (const name of fs.readdirSync(workspaceDir)) {
      const file = path.join(workspaceDir, name);
      if (!OWN.has(name) && name !== MEMBERSHIP_FOLDER) remove(file);
    }
    if (removal.joined) writeJson(files.membership, removal.joined);
    const kept = new Set([files.removal, ...(removal.joined ? [files.membership, files.tokens] : [])]);
    for (const name of fs.readdirSync(files.dir)) {
      const file = path.join(files.dir, name);
      if (!kept.has(file)) remove(file);
    }
    if (removal.ended) writeJson(files.ended, removal.ended);
    fs.rmSync(files.removal);
    return true;
  } catch (cause) {
    throw notWritable(cause);
  }
}

// A scanner may hold a file open for a moment on Windows.
const remove = (file: string): void => fs.rmSync(file, { recursive: true, force: true, maxRetries: 5 });

const notWritable = (cause: unknown): AppErrorException =>
  new AppErrorException('WORKSPACE_NOT_WRITABLE', cause instanceof Error ? cause.message : String(cause), {
    cause,
  });
