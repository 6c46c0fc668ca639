import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

import type { Logger } from '../../shared/lib/logger.js';

/** What a session of Electron can forget. */
export interface PageSession {
  clearStorageData(options?: { storages: ('cachestorage' | 'serviceworkers')[] }): Promise<void>;
  clearCache(): Promise<void>;
  clearAuthCache(): Promise<void>;
}

export interface HelpdeskPagesDeps {
  /** Holds which helpdesks have a session, so that none is left behind by a process that ended. */
  readonly file: string;
  readonly sessionOf: (partition: string) => PageSession;
  readonly log: Logger;
}

/** What the pages of helpdesks keep on this computer: each helpdesk has a session of its own. */
export interface HelpdeskPages {
  /** The pages of a helpdesk are shown from now on. `name` stands for it at its address. */
  opened(id: string, name: string): void;
  /** Deletes all that is kept of helpdesks that are not connected any more; tried again at the next start where that fails. */
  keepOnly(names: readonly string[]): Promise<void>;
  /** Deletes every copy of a page, whosever customer it shows. The rep stays signed in. @throws what a session throws. */
  forgetPages(): Promise<void>;
}

/** Kept on the disk by Electron. */
export const partitionOf = (id: string): string => `persist:helpdesk-${id}`;

const File = z.array(z.object({ id: z.string(), name: z.string() }));
type Known = z.infer<typeof File>[number];

export function createHelpdeskPages({ file, sessionOf, log }: HelpdeskPagesDeps): HelpdeskPages {
  let known = load(file);

  function keep(next: Known[]): void {
    known = next;
    try {
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(`${file}.new`, JSON.stringify(next), { mode: 0o600 });
      fs.renameSync(`${file}.new`, file);
    } catch {
      log.warn('view.pages_not_kept');
    }
  }

  async function clear(gone: Known): Promise<void> {
    const session = sessionOf(partitionOf(gone.id));
    try {
      await session.clearStorageData();
      await session.clearCache();
      await session.clearAuthCache();
      keep(known.filter((one) => one !== gone));
      log.info('view.pages_cleared');
    } catch {
      log.warn('view.pages_not_cleared');
    }
  }

  return {
    opened(id, name) {
      if (!known.some((one) => one.id === id && one.name === name)) keep([...known, { id, name }]);
    },
    async keepOnly(names) {
      for (const gone of known.filter(({ name }) => !names.includes(name))) await clear(gone);
    },
    async forgetPages() {
      for (const id of new Set(known.map((one) => one.id))) {
        const session = sessionOf(partitionOf(id));
        await session.clearCache();
        // Where a web app keeps copies of its own; its sign-in lies elsewhere.
        await session.clearStorageData({ storages: ['cachestorage', 'serviceworkers'] });
      }
    },
  };
}

function load(file: string): Known[] {
  try {
    return File.parse(JSON.parse(fs.readFileSync(file, 'utf8')));
  } catch {
    return [];
  }
}
