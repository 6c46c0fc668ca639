import type { Tokens } from '../../shared/contracts/hub/access.js';
import { AppErrorException, type AppError, type ErrorCode } from '../../shared/errors/app-error.js';
import type { HubClient, TokenSource } from './hub-client.js';

/** Where a device keeps its tokens: encrypted by the system, or a file only its user reads. */
export interface TokenVault {
  read(): Tokens | null;
  /** Durable when it returns. Null forgets them. */
  write(tokens: Tokens | null): void;
}

/** The device's session at the hub. */
export interface Session extends TokenSource {
  /** Why there is none any more; null while there is one. */
  ended(): AppError | null;
  onEnded(listener: (error: AppError) => void): () => void;
}

/** After these there is no way back but another invite. */
const ENDING: ReadonlySet<ErrorCode> = new Set([
  'HUB_NOT_SIGNED_IN',
  'HUB_SESSION_REUSED',
  'HUB_MEMBER_REVOKED',
  'HUB_MEMBER_WIPED',
]);

/**
 * Keeps a session alive: an access token is used until the hub says that it has expired, whatever this machine's clock says, then
 * exchanged, once for all who wait. New tokens are written before they are used, so that a kill between the two loses nothing.
 */
export function createSession(vault: TokenVault, open: Pick<HubClient, 'request'>): Session {
  const listeners = new Set<(error: AppError) => void>();
  let tokens = vault.read();
  let ended: AppError | null = null;
  let expired: string | null = null;
  let exchanging: Promise<string> | null = null;

  const exchange = async (): Promise<string> => {
    if (!tokens) throw new AppErrorException('HUB_NOT_SIGNED_IN');
    try {
      const next = await open.request('access.refresh', { body: { refreshToken: tokens.refreshToken } });
      vault.write(next);
      tokens = next;
      return next.accessToken;
    } catch (cause) {
      if (cause instanceof AppErrorException && ENDING.has(cause.error.code)) end(cause.error);
      throw cause;
    }
  };
  const end = (error: AppError): void => {
    if (ended) return;
    ended = error;
    for (const listener of listeners) listener(error);
  };

  return {
    async accessToken() {
      if (ended) throw new AppErrorException(ended.code, ended.detail);
      if (!tokens) throw new AppErrorException('HUB_NOT_SIGNED_IN');
      if (tokens.accessToken !== expired) return tokens.accessToken;
      exchanging ??= exchange().finally(() => (exchanging = null));
      return exchanging;
    },
    expired(token) {
      if (tokens?.accessToken === token) expired = token;
    },
    refused(error) {
      if (ENDING.has(error.code)) end(error);
    },
    ended: () => ended,
    onEnded(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
