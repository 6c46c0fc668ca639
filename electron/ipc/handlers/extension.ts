import { clipboard } from 'electron';

import type { extensionRoutes } from '../../../shared/contracts/ipc/extension.js';
import type { ExtensionService } from '../../extension/extension-service.js';
import type { Handlers } from '../router.js';

export function extensionHandlers(extension: ExtensionService): Handlers<keyof typeof extensionRoutes> {
  return {
    'extension.read': () => extension.view(),
    // From here to the clipboard: the window never has the secret.
    'extension.copy_code'() {
      const code = extension.code();
      if (code !== null) clipboard.writeText(code);
      return { isCopied: code !== null };
    },
    'extension.forget': () => extension.forget(),
  };
}
