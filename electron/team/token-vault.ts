import { z } from 'zod';

import { Tokens } from '../../shared/contracts/hub/access.js';
import type { TokenVault } from '../sync/session.js';

/** Where one secret is kept, and how well. */
export interface SecretPlace {
  read(): string | null;
  /** Durable when it returns; null removes it. @throws AppErrorException WORKSPACE_NOT_WRITABLE. */
  write(secret: string | null): void;
  isEncrypted(): boolean;
}

const KeptTokens = Tokens.extend({ isExchanging: z.boolean().optional() });

/** The tokens as one secret; what cannot be read counts as none. */
export function createTokenVault(place: SecretPlace): TokenVault {
  return {
    read() {
      try {
        return KeptTokens.parse(JSON.parse(place.read() ?? 'null'));
      } catch {
        return null;
      }
    },
    write: (tokens) => place.write(tokens && JSON.stringify(tokens)),
  };
}
