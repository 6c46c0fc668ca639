import fs from 'node:fs';
import path from 'node:path';

import type { ImportFailure, ImportReport } from '../../shared/domain/knowledge-source.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import type { Unread } from '../publishing/removals.js';
import type { ResourceLocations } from '../workspace/locations.js';
import { printable } from './import-report-text.js';
import { interruption } from './interruption.js';
import { withKnowledge } from './kb-engine.js';

export interface ArticlesToPublish {
  readonly dir: string;
  readonly teamDir: string;
  readonly cache?: string | undefined;
  /** Whether a file that cannot be read ends it. */
  readonly strict: boolean;
  readonly json: boolean;
}

/** Articles in the form they are published from. */
export interface ReadArticles {
  /** Folder of the workspace. */
  readonly workspace: string;
  /** Null for a workspace, which keeps what it read from a file before. */
  readonly unread: Unread | null;
}

/**
 * Imports a folder into its cache, or lets an engine bring a workspace up to date. What cannot be read is named on standard error.
 * @returns null when it was interrupted.
 * @throws AppErrorException RELEASE_FILES_UNREAD when it is to be strict, and those of an import.
 */
export async function readArticles(
  { dir, teamDir, cache, strict, json }: ArticlesToPublish,
  resources: ResourceLocations,
): Promise<ReadArticles | null> {
  const isWorkspace = fs.existsSync(path.join(dir, 'workspace.json'));
  const name = path.basename(dir);
  const workspace = isWorkspace
    ? dir
    : path.resolve(cache ?? path.join(path.dirname(dir), `.cuecard-publish-${name}`));
  let unread: Unread | null = null;
  const code = await withKnowledge(
    { workspace, json, resources, ...(isWorkspace ? {} : { name }) },
    async (knowledge) => {
      if (isWorkspace) {
        await knowledge.list();
        return;
      }
      const report = await knowledge.importArticles([dir], interruption(), { isDetached: true });
      const failures = failuresBeside(report, teamDir);
      for (const { path: file, reason } of failures)
        process.stderr.write(`Not read: ${printable(file)}: ${reason}\n`);
      if (strict && failures.length > 0)
        throw new AppErrorException('RELEASE_FILES_UNREAD', `${String(failures.length)} files`);
      unread = unreadOf(failures);
    },
  );
  return code === 0 ? { workspace, unread } : null;
}

/** Team files are no articles; what else is in their folder is. */
const failuresBeside = ({ failures }: ImportReport, teamDir: string): ImportFailure[] =>
  failures.filter(
    ({ path: file }) => path.extname(file) !== '.json' || path.dirname(path.resolve(file)) !== teamDir,
  );

const unreadOf = (failures: readonly ImportFailure[]): Unread => ({
  baseIds: new Set(failures.flatMap(({ baseId }) => baseId ?? [])),
  hiding: failures.filter(({ baseId }) => baseId === null).map(({ path: file }) => printable(file)),
});
