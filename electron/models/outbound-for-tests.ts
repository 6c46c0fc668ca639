import type { Outbound } from './adapters/embedding-service.js';

/** A way out that neither replaces nor writes down anything, for tests of what a service is asked; electron/privacy proves the real one. */
export const outboundForTests: Outbound = {
  guard: {
    maySend: () => true,
    disguiseOnce: (texts) => ({
      texts,
      replaced: {},
      restore: (text) => text,
      restoreStream: () => ({ push: (piece) => piece, end: () => '' }),
    }),
  },
  ledger: { fetchFor: () => fetch },
};
