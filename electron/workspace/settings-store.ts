import fs from 'node:fs';

import { Settings } from '../../shared/contracts/ipc/settings.js';
import { AppErrorException } from '../../shared/errors/app-error.js';

const defaults: Settings = {
  ...{ theme: 'system', layout: 'full', alwaysOnTop: false, clipboardShortcut: true },
  browserExtension: false,
  cardShare: 35,
  keptDays: 30,
};

/** The rep's settings in one small file. */
export interface SettingsStore {
  read(): Settings;
  /** @throws AppErrorException WORKSPACE_NOT_WRITABLE; the old settings stay in force. */
  update(change: Partial<Settings>): Settings;
  onChanged(listener: (settings: Settings) => void): () => void;
}

/** A file that is missing or unreadable means the defaults; it is replaced at the next change. */
export function createSettingsStore(file: string): SettingsStore {
  const listeners = new Set<(settings: Settings) => void>();
  let current = load(file);
  return {
    read: () => current,
    update(change) {
      const next = { ...current, ...change };
      try {
        fs.writeFileSync(`${file}.new`, JSON.stringify(next, null, 2));
        fs.renameSync(`${file}.new`, file);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new AppErrorException('WORKSPACE_NOT_WRITABLE', reason, { cause: error });
      }
      current = next;
      for (const listener of listeners) listener(current);
      return current;
    },
    onChanged(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function load(file: string): Settings {
  try {
    const parsed = Settings.partial().safeParse(JSON.parse(fs.readFileSync(file, 'utf8')));
    return parsed.success ? Settings.parse({ ...defaults, ...parsed.data }) : defaults;
  } catch {
    return defaults;
  }
}
