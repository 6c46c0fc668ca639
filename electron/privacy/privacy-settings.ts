import fs from 'node:fs';

import { defaultPrivacy, PrivacySettings } from '../../shared/domain/personal-data.js';
import { appError, AppErrorException, type AppError } from '../../shared/errors/app-error.js';

/** What may leave this computer, in one small file. */
export interface PrivacySettingsFile {
  read(): PrivacySettings;
  /** PRIVACY_SETTINGS_UNREADABLE while the file cannot be read: nothing may leave then. */
  problem(): AppError | null;
  /** @throws AppErrorException WORKSPACE_NOT_WRITABLE; the old settings stay in force. */
  save(settings: PrivacySettings): void;
}

/** No file means the defaults. One that cannot be read means the strictest mode, since it may have said so. */
export function createPrivacySettingsFile(file: string): PrivacySettingsFile {
  let { settings, problem } = load(file);
  return {
    read: () => settings,
    problem: () => problem,
    save(next) {
      try {
        if (problem) fs.renameSync(file, `${file}.unreadable`);
        fs.writeFileSync(`${file}.new`, `${JSON.stringify(next, null, 2)}\n`);
        fs.renameSync(`${file}.new`, file);
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause);
        throw new AppErrorException('WORKSPACE_NOT_WRITABLE', reason, { cause });
      }
      settings = next;
      problem = null;
    },
  };
}

function load(file: string): { settings: PrivacySettings; problem: AppError | null } {
  try {
    const parsed = PrivacySettings.safeParse({
      ...defaultPrivacy,
      ...(JSON.parse(fs.readFileSync(file, 'utf8')) as object),
    });
    if (parsed.success) return { settings: parsed.data, problem: null };
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT')
      return { settings: defaultPrivacy, problem: null };
  }
  return {
    settings: { ...defaultPrivacy, mode: 'block' },
    problem: appError('PRIVACY_SETTINGS_UNREADABLE', file),
  };
}
