import fs from 'node:fs';
import path from 'node:path';

import { AppErrorException } from '../../shared/errors/app-error.js';
import { finishRemoval } from './remove-team-data.js';
import { makePrivateFolder } from './private-folder.js';
import { openWorkspace, type WorkspacePaths } from './workspace.js';

/** Written last into a built demo workspace; names its content, so that a newer build replaces an older copy. */
const STAMP = 'demo.json';

/** What a demo consists of besides its knowledge. All else belongs to the rep and is never touched by a newer demo, least of all a key. */
const OF_THE_DEMO = /^(team|arriving(\.new)?)$|^(workspace|shop|classifier)\.json$/;
const KNOWLEDGE_DATABASE = 'knowledge.db';
/** What the rep adds to the knowledge stands here, too: a newer demo comes beside it, and the engine takes its articles over. */
const KNOWLEDGE = /^knowledge\.db|^index-|^import\..*\.tmp$/;

/**
 * Gives the demo workspace in `targetDir`, copied from the one set-up built. Decisions, settings and sources the rep added stay when a newer
 * demo comes. The stamp is written last: a first copy that was interrupted has none and is made again, an update that was
 * interrupted has the old one and is made again.
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
  finishRemoval(targetDir);
  makePrivate(targetDir);
  const present = readStamp(targetDir);
  if (present !== wanted) {
    try {
      const hasKnowledge = fs.existsSync(path.join(targetDir, KNOWLEDGE_DATABASE));
      copyWorkspace(builtDir, targetDir, present !== null && hasKnowledge);
      writeDemoStamp(targetDir, wanted);
    } catch (error) {
      throw notWritable(error);
    }
  }
  return openWorkspace(targetDir);
}

/** It holds what customers wrote. */
function makePrivate(dir: string): void {
  try {
    makePrivateFolder(dir);
  } catch (error) {
    throw notWritable(error);
  }
}

const notWritable = (cause: unknown): AppErrorException =>
  new AppErrorException('WORKSPACE_NOT_WRITABLE', cause instanceof Error ? cause.message : String(cause), {
    cause,
  });

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

/** `keepsKnowledge` once the rep has worked with an earlier copy. */
function copyWorkspace(builtDir: string, targetDir: string, keepsKnowledge: boolean): void {
  const isKept = (name: string): boolean => (KNOWLEDGE.test(name) ? keepsKnowledge : !OF_THE_DEMO.test(name));
  for (const name of fs.readdirSync(targetDir)) {
    if (!isKept(name)) fs.rmSync(path.join(targetDir, name), { recursive: true });
  }
  for (const name of fs.readdirSync(builtDir)) {
    if (!isKept(name)) fs.cpSync(path.join(builtDir, name), path.join(targetDir, name), { recursive: true });
  }
  if (!keepsKnowledge) return;
  const { arrivingDir } = openWorkspace(targetDir);
  const unfinished = `${arrivingDir}.new`;
  fs.cpSync(path.join(builtDir, KNOWLEDGE_DATABASE), path.join(unfinished, KNOWLEDGE_DATABASE));
  fs.renameSync(unfinished, arrivingDir);
}
