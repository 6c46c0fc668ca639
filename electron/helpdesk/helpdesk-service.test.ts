import { afterEach, expect, it, vi } from 'vitest';

import type { HelpdeskConnection } from '../../shared/domain/helpdesk.js';
import { AppErrorException, type AppError } from '../../shared/errors/app-error.js';
import { silentLogger } from '../../shared/lib/logger.js';
import { openDatabase } from '../storage/database.js';
import { createRequestTracker } from './connectors/request-tracker/request-tracker.js';
import { createThreadStore } from './following/thread-store.js';
import { threadMigrations } from './following/thread-tables.js';
import { createHelpdeskService, type HelpdeskService } from './helpdesk-service.js';
import { createPastedInbox } from './pasted/pasted-inbox.js';

const connection: HelpdeskConnection = {
  ...{ id: 'request_tracker-1', kind: 'request_tracker', name: 'Desk' },
  ...{ baseUrl: 'http://127.0.0.1:8780', options: {} },
};

/** A helpdesk that takes every question and answers none. */
const silent: typeof fetch = (_, init) =>
  new Promise((_resolve, reject) =>
    init?.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error)),
  );

function serviceAt(fetch: typeof globalThis.fetch): HelpdeskService {
  const store = createThreadStore(
    openDatabase(':memory:', [{ scope: 'threads', statements: threadMigrations }]),
    () => new Date(),
  );
  const pasted = createPastedInbox(store, () => new Date());
  return createHelpdeskService({
    ...{ connections: [], save: () => undefined, store, pasted, log: silentLogger },
    tokens: {
      ...{ canStore: () => false, read: () => null, placeOf: () => 'none' },
      ...{ keep: () => undefined, forget: () => undefined },
    },
    createConnector: (asked, token) =>
      createRequestTracker({ connection: asked, token, fetch, timeoutMs: 60_000 }),
    connectInbox: () => {
      throw new Error('Nothing is connected here.');
    },
    demoInbox: () => pasted,
    onForgotten: () => undefined,
  });
}

const failureOf = (work: Promise<unknown>): Promise<AppError | null> =>
  work.then(
    () => null,
    (cause: unknown) => (cause instanceof AppErrorException ? cause.error : null),
  );

afterEach(() => void vi.useRealTimers());

// Catches: a helpdesk that keeps silent reported as a bug of Cuecard.
it('says that a silent helpdesk does not answer', async () => {
  vi.useFakeTimers();
  const failure = failureOf(serviceAt(silent).test(connection, 'token'));
  await vi.advanceTimersByTimeAsync(20_000);
  expect(await failure).toMatchObject({ code: 'HELPDESK_UNREACHABLE', detail: 'no answer in 20 s' });
});

// Catches: a password that was entered with the address and comes back in an error, from where it is logged or copied.
it('repeats nothing of an address it refuses', async () => {
  const secretly = { ...connection, baseUrl: 'https://me:secret@rt.example.com' };
  const failure = await failureOf(serviceAt(silent).test(secretly, 'token'));
  expect(failure?.code).toBe('HELPDESK_ADDRESS_INVALID');
  expect(JSON.stringify(failure)).not.toContain('secret');
});
