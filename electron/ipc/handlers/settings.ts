import { clipboard } from 'electron';

import type { settingsRoutes } from '../../../shared/contracts/ipc/settings.js';
import type { RouteOutput } from '../../../shared/contracts/ipc/index.js';
import type { SettingsStore } from '../../workspace/settings-store.js';
import type { Handlers } from '../router.js';

export function settingsHandlers(
  settings: SettingsStore,
  about: RouteOutput<'settings.about'>,
): Handlers<keyof typeof settingsRoutes> {
  return {
    'settings.read': () => settings.read(),
    'settings.update': (change) => {
      // Zod leaves an absent key out, but its type allows undefined, which must not overwrite a setting.
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      return settings.update(given);
    },
    'settings.about': () => about,
    'clipboard.write': ({ text }) => clipboard.writeText(text),
  };
}
