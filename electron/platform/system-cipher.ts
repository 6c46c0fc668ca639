import { safeStorage } from 'electron';

import type { Cipher } from './secret-file.js';

/** Keychain, DPAPI or the desktop's secret service, whichever the system has; to be used once the app is ready. */
export const systemCipher: Cipher = {
  // `basic_text` encrypts with a password that is the same everywhere.
  isSafe: () =>
    safeStorage.isEncryptionAvailable() &&
    !(
      process.platform === 'linux' &&
      ['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend())
    ),
  encrypt: (text) => safeStorage.encryptString(text),
  decrypt: (bytes) => safeStorage.decryptString(bytes),
};
