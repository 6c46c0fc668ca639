import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

import type { Logger } from '../../shared/lib/logger.js';

type Storage = 'cachestorage' | 'serviceworkers' | 'filesystem' | 'indexdb' | 'localstorage' | 'websql';

/** Where a web app keeps copies of its pages. */
const COPIES: readonly Storage[] = ['cachestorage', 'serviceworkers'];
/** Where it keeps what it read besides; some keep a sign-in there too. `localstorage` takes that of the tab along. */
const DATA: readonly Storage[] = ['filesystem', 'indexdb', 'localstorage', 'websql'];

/** What a session of Electron can forget. */
export interface PageSession {
  clearStorageData(options?: { storages: Storage[] }): Promise<void>;
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
  /** How many helpdesks have a session. */
  count(): number;
  /**
   * Deletes every copy of a page, whosever customer it shows; with `data`, all that web apps keep besides their cookies too. The rep stays
   * signed in where a cookie does that. @throws what a session throws.
   */
  forgetPages(scope: { readonly data: boolean }): Promise<void>;
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

  /** A helpdesk that went to another address is known twice, and has one session. */
  const ids = (): string[] => [...new Set(known.map(({ id }) => id))];

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
    count: () => ids().length,
    async forgetPages({ data }) {
      for (const id of ids()) {
        const session = sessionOf(partitionOf(id));
        await session.clearCache();
        // Not `clearData`: Electron 33 leaves the words of localStorage and sessionStorage in their files with it.
        await session.clearStorageData({ storages: [...COPIES, ...(data ? DATA : [])] });
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
