import fs from 'node:fs';
import path from 'node:path';

import { bundledEmbedder, EmbedderSettings } from '../../shared/domain/embedder-settings.js';
import { appError, AppErrorException, type AppError } from '../../shared/errors/app-error.js';

/** What the workspace's passages and questions are to be found with, as the app and the command line read it. */
export interface EmbedderChoice {
  /** The bundled embedder where nothing was chosen, or what was chosen cannot be read. */
  readonly settings: EmbedderSettings;
  /** WORKSPACE_EMBEDDER_UNREADABLE; null when all is well. */
  readonly problem: AppError | null;
}

/** Reads `embedder.json`; nothing is written, whatever is in it. */
export function readEmbedderChoice(file: string): EmbedderChoice {
  const unreadable = (reason: string): EmbedderChoice => ({
    settings: bundledEmbedder,
    problem: appError('WORKSPACE_EMBEDDER_UNREADABLE', `${file}: ${reason}`),
  });
  let value: unknown;
  try {
    value = JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      return { settings: bundledEmbedder, problem: null };
    return unreadable(error instanceof SyntaxError ? 'not JSON' : reasonOf(error));
  }
  const parsed = EmbedderSettings.safeParse(value);
  if (parsed.success) return { settings: parsed.data, problem: null };
  const fields = parsed.error.issues.map((issue) => issue.path.join('.') || 'kind');
  return unreadable(`not understood: ${[...new Set(fields)].join(', ')}`);
}

/**
 * Keeps a choice, whole or not at all. A file that could not be read is moved aside first, never overwritten.
 * @throws AppErrorException WORKSPACE_NOT_WRITABLE; the choice before stays in force.
 */
export function saveEmbedderChoice(file: string, settings: EmbedderSettings): void {
  try {
    if (readEmbedderChoice(file).problem) fs.renameSync(file, freeName(file));
    fs.writeFileSync(`${file}.new`, `${JSON.stringify(settings, null, 2)}\n`);
    fs.renameSync(`${file}.new`, file);
  } catch (error) {
    throw new AppErrorException('WORKSPACE_NOT_WRITABLE', reasonOf(error), { cause: error });
  }
}

/** `embedder.unreadable-1.json` beside the file, or the next number that is free. */
function freeName(file: string): string {
  const { dir, name, ext } = path.parse(file);
  for (let number = 1; ; number += 1) {
    const free = path.join(dir, `${name}.unreadable-${String(number)}${ext}`);
    if (!fs.existsSync(free)) return free;
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
