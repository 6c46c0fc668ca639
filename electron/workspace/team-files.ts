import fs from 'node:fs';
import path from 'node:path';

import { z } from 'zod';

import { AppError } from '../../shared/errors/app-error.js';

/** Folder of a workspace with what is kept of the team that was joined. */
export const MEMBERSHIP_FOLDER = 'membership';

/** The files of that folder. */
export interface TeamFiles {
  readonly dir: string;
  /** Which team, which member, which keys. */
  readonly membership: string;
  /** The tokens; see `DurableSecret`. */
  readonly tokens: string;
  /** Segments on their way into the knowledge, and the releases this device saw. */
  readonly staging: string;
  /** Why a membership has ended. */
  readonly ended: string;
  /** Says that the team's data here is to be deleted; there until that is done. */
  readonly removal: string;
}

export function teamFiles(dir: string): TeamFiles {
  return {
    dir,
    membership: path.join(dir, 'team.json'),
    tokens: path.join(dir, 'tokens.json'),
    staging: path.join(dir, 'sync.db'),
    ended: path.join(dir, 'ended.json'),
    removal: path.join(dir, 'removal.json'),
  };
}

/** The end of a membership, as the person is told it. */
export const EndedMembership = z.object({
  hubUrl: z.string(),
  teamName: z.string(),
  endedAt: z.iso.datetime(),
  error: AppError,
  isWiped: z.boolean(),
});
export type EndedMembership = z.infer<typeof EndedMembership>;

/** Null when there is no such file, or one that cannot be read. */
export function readJson<T>(file: string, schema: z.ZodType<T>): T | null {
  try {
    return schema.parse(JSON.parse(fs.readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

/** On disk when it returns, whole or not at all. */
export function writeJson(file: string, value: unknown): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(`${file}.new`, `${JSON.stringify(value, null, 2)}\n`, { flush: true });
  fs.renameSync(`${file}.new`, file);
}

export const removeFile = (file: string): void => fs.rmSync(file, { force: true });
