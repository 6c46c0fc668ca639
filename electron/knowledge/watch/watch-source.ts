import { watch } from 'chokidar';

import type { Logger } from '../../../shared/lib/logger.js';

/** A source that is followed. */
export interface SourceWatch {
  close(): Promise<void>;
}

/** An editor saves in several steps; this long after the last one the change is taken over. */
const QUIET_MS = 400;
/** A folder that never comes to rest is taken over this often. */
const LONGEST_WAIT_MS = 5000;
/** Where the system cannot tell of changes (a full watch table, some network drives) it is asked this often. */
const POLL_MS = 60_000;

/**
 * Calls `onChanged` after anything below a file or folder changed, also when it vanished or came back. It says only that
 * something did: what it was is found by comparing, so that a lost or doubled event does no harm.
 */
export function watchSource(source: string, onChanged: () => void, log: Logger): SourceWatch {
  let quiet: NodeJS.Timeout | null = null;
  let firstAt: number | null = null;
  let poll: NodeJS.Timeout | null = null;
  const changed = (): void => {
    firstAt ??= Date.now();
    if (quiet) clearTimeout(quiet);
    const wait = Math.max(0, Math.min(QUIET_MS, firstAt + LONGEST_WAIT_MS - Date.now()));
    quiet = setTimeout(() => {
      firstAt = null;
      onChanged();
    }, wait);
  };
  const watcher = watch(source, {
    ignoreInitial: true,
    followSymlinks: false,
    ignorePermissionErrors: true,
    ignored: (file) => file !== source && /(?:^|[\\/])(?:\.[^\\/]*|node_modules)$/.test(file),
  });
  watcher.on('all', changed);
  watcher.on('error', (cause) => {
    log.warn('source.watch_failed', { code: String((cause as NodeJS.ErrnoException).code) });
    poll ??= setInterval(onChanged, POLL_MS).unref();
  });
  return {
    async close() {
      if (quiet) clearTimeout(quiet);
      if (poll) clearInterval(poll);
      await watcher.close();
    },
  };
}
