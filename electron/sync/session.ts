import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';

import type { Tokens } from '../../shared/contracts/hub/access.js';
import { appError, AppErrorException, type AppError, type ErrorCode } from '../../shared/errors/app-error.js';
import { orAborted } from '../deadline.js';
import type { HubClient, TokenSource } from './hub-client.js';

/** Tokens as they are kept. */
export interface KeptTokens extends Tokens {
  /** Of an exchange that had begun and whose answer was not kept, so the hub may have given others. It tells the hub that this is the same. */
  readonly exchangeKey?: string | undefined;
}

/** Where a device keeps its tokens: encrypted by the system, or a file only its user reads. */
export interface TokenVault {
  read(): KeptTokens | null;
  /** Durable when it returns. Null forgets them. @throws AppErrorException WORKSPACE_NOT_WRITABLE; what was there before stays. */
  write(tokens: KeptTokens | null): void;
}

/** The device's session at the hub. */
export interface Session extends TokenSource {
  /** Why there is none any more; null while there is one. */
  ended(): AppError | null;
  /** Told once, when it ends. Returns the function that stops listening. */
  onEnded(listener: (error: AppError) => void): () => void;
  /**
   * Begins no exchange any more, and resolves when the one under way has ended: by its answer, or after `limitMs`. Afterwards nothing is
   * written, as the folder of the tokens may be deleted then; the answer that comes too late is lost, as it is when the app is killed.
   */
  close(limitMs: number): Promise<void>;
}

export interface SessionOptions {
  /** Pauses between the tries of one exchange, in milliseconds. */
  readonly retryMs?: readonly number[];
}

/** After these there is no way back but another invite. */
const ENDING: ReadonlySet<ErrorCode> = new Set([
  'HUB_NOT_SIGNED_IN',
  'HUB_SESSION_REUSED',
  'HUB_MEMBER_REVOKED',
  'HUB_MEMBER_WIPED',
]);
/** After these the hub may have made the exchange all the same. */
const UNANSWERED: ReadonlySet<ErrorCode> = new Set(['HUB_UNREACHABLE', 'HUB_NOT_A_HUB', 'HUB_INTERNAL']);
/** A hub takes a refresh token again for 30 s when its answer was lost, also without the key; the tries of one exchange fall well within. */
const RETRY_MS = [300, 1000, 3000, 8000] as const;

/**
 * Keeps a session alive: an access token is used until the hub says that it has expired, whatever this machine's clock says, then
 * exchanged, once for all who wait. An exchange has a key that is durable before it begins: one without an answer is tried again at once, and
 * after a kill whenever the device starts again. New tokens are durable before they are used, so that a kill between the two loses nothing;
 * where they cannot be written they are kept and written later.
 */
export function createSession(
  vault: TokenVault,
  open: Pick<HubClient, 'request'>,
  { retryMs = RETRY_MS }: SessionOptions = {},
): Session {
  const listeners = new Set<(error: AppError) => void>();
  const closing = new AbortController();
  let tokens: KeptTokens | null = vault.read();
  let ended: AppError | null = null;
  let expired: string | null = null;
  let unsaved: Tokens | null = null;
  let exchangeKey = tokens?.exchangeKey ?? null;
  let exchanging: Promise<string> | null = null;
  let isClosed = false;

  const end = (error: AppError): AppErrorException => {
    if (!ended) {
      ended = error;
      for (const listener of listeners) listener(error);
    }
    return new AppErrorException(error.code, error.detail);
  };

  const save = (next: Tokens): string => {
    if (isClosed) throw new AppErrorException('HUB_UNREACHABLE', 'closed');
    unsaved = next;
    vault.write(next);
    tokens = next;
    unsaved = null;
    return next.accessToken;
  };

  const beginExchange = (before: Tokens): string => {
    const key = randomBytes(32).toString('base64url');
    try {
      vault.write({ ...before, exchangeKey: key });
    } catch {
      // A full disk must not end a session; the key is of use while this process lives.
    }
    return key;
  };

  const ask = async (refreshToken: string, key: string): Promise<Tokens> => {
    for (const pause of [...retryMs, null]) {
      try {
        const next = await open.request('access.refresh', { body: { refreshToken, exchangeKey: key } });
        exchangeKey = null;
        return next;
      } catch (cause) {
        const code = cause instanceof AppErrorException ? cause.error.code : null;
        if (code === null || !UNANSWERED.has(code)) throw cause;
        if (pause === null || closing.signal.aborted) throw cause;
        await wait(pause, undefined, { signal: closing.signal, ref: false }).catch(() => undefined);
      }
    }
    throw new AppErrorException('HUB_UNREACHABLE');
  };

  const exchange = async (): Promise<string> => {
    if (unsaved) return save(unsaved);
    if (!tokens) throw new AppErrorException('HUB_NOT_SIGNED_IN');
    exchangeKey ??= beginExchange(tokens);
    try {
      return save(await ask(tokens.refreshToken, exchangeKey));
    } catch (cause) {
      if (!(cause instanceof AppErrorException) || !ENDING.has(cause.error.code)) throw cause;
      throw end(cause.error);
    }
  };

  return {
    async accessToken(signal) {
      if (ended) throw new AppErrorException(ended.code, ended.detail);
      if (!tokens) throw end(appError('HUB_NOT_SIGNED_IN', 'the sign-in kept here cannot be read'));
      if (tokens.accessToken !== expired) return tokens.accessToken;
      if (closing.signal.aborted) throw new AppErrorException('HUB_UNREACHABLE', 'closing');
      exchanging ??= exchange().finally(() => (exchanging = null));
      return signal ? orAborted(exchanging, signal) : exchanging;
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
    async close(limitMs) {
      closing.abort();
      listeners.clear();
      const limit = new AbortController();
      const late = wait(limitMs, undefined, { signal: limit.signal, ref: false });
      await Promise.race([exchanging, late]).catch(() => undefined);
      limit.abort();
      isClosed = true;
    },
  };
}
