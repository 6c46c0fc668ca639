import fs from 'node:fs';

import { ModelSettings } from '../../shared/domain/model-settings.js';
import { appError, AppErrorException, type AppError } from '../../shared/errors/app-error.js';

/** The rep's own chat models, as the app and the command line read them. */
export interface OwnModels {
  /** Null where nothing was chosen, or what was chosen cannot be read. */
  readonly settings: ModelSettings | null;
  /** WORKSPACE_MODELS_UNREADABLE; null when all is well. */
  readonly problem: AppError | null;
}

/** Reads `models.json`; nothing is written, whatever is in it. */
export function readOwnModels(file: string): OwnModels {
  const unreadable = (reason: string): OwnModels => ({
    settings: null,
    problem: appError('WORKSPACE_MODELS_UNREADABLE', `${file}: ${reason}`),
  });
  let value: unknown;
  try {
    value = JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { settings: null, problem: null };
    return unreadable(error instanceof SyntaxError ? 'not JSON' : reasonOf(error));
  }
  const parsed = ModelSettings.safeParse(value);
  if (parsed.success) return { settings: parsed.data, problem: null };
  const fields = parsed.error.issues.map((issue) => issue.path.join('.'));
  return unreadable(`not understood: ${[...new Set(fields)].join(', ')}`);
}

/**
 * Keeps a choice, whole or not at all; null goes back to the team's. A file that could not be read is kept beside it.
 * @throws AppErrorException WORKSPACE_NOT_WRITABLE; the choice before stays in force.
 */
export function saveOwnModels(file: string, settings: ModelSettings | null): void {
  try {
    if (readOwnModels(file).problem) fs.renameSync(file, `${file}.unreadable`);
    if (settings === null) return fs.rmSync(file, { force: true });
    fs.writeFileSync(`${file}.new`, `${JSON.stringify(settings, null, 2)}\n`);
    fs.renameSync(`${file}.new`, file);
  } catch (error) {
    throw new AppErrorException('WORKSPACE_NOT_WRITABLE', reasonOf(error), { cause: error });
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
