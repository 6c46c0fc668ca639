import { describe, expect, it } from 'vitest';

import { AppErrorException } from '../../shared/errors/app-error.js';
import { silentLogger } from '../../shared/lib/logger.js';
import { createRouter, type Handlers } from './router.js';

const settings = {
  theme: 'dark',
  layout: 'beside',
  alwaysOnTop: true,
  clipboardShortcut: true,
  browserExtension: false,
  cardShare: 35,
  keptDays: 30,
} as const;

const handlers = {
  'settings.read': () => settings,
  'settings.update': () => {
    throw new AppErrorException('WORKSPACE_NOT_WRITABLE', 'disk full');
  },
  'feedback.retry': () => {
    const full = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
    throw new Error('The step failed.', { cause: full });
  },
  'settings.about': () => {
    throw new TypeError('a secret in a message');
  },
} as unknown as Handlers;

const router = createRouter(handlers, silentLogger);

describe('router', () => {
  it('answers a known route with its output', async () => {
    expect(await router('settings.read', undefined)).toEqual({ ok: true, value: settings });
  });

  it.each(['nothing.here', '__proto__', 'constructor', 7, null, { toString: () => 'settings.read' }])(
    'refuses the unknown route %s',
    async (name) => {
      const answer = await router(name, undefined);
      expect(answer).toMatchObject({ ok: false, error: { code: 'IPC_UNKNOWN_ROUTE' } });
    },
  );

  it('refuses bad input and names the field, never its value', async () => {
    const answer = await router('feedback.submit', {
      runId: '',
      action: { kind: 'sold' },
      decisionMs: 'secret',
    });
    expect(answer).toMatchObject({ ok: false, error: { code: 'IPC_BAD_INPUT' } });
    expect(JSON.stringify(answer)).toContain('decisionMs');
    expect(JSON.stringify(answer)).not.toContain('secret');
  });

  it('gives an expected failure as its own code with what to do next', async () => {
    expect(await router('settings.update', {})).toMatchObject({
      ok: false,
      error: { code: 'WORKSPACE_NOT_WRITABLE', detail: 'disk full', canRetry: true },
    });
  });

  // Catches: a full disk that is told as a bug of Cuecard, so that nobody frees some space.
  it('says that the disk takes nothing, wherever it was noticed', async () => {
    expect(await router('feedback.retry', undefined)).toMatchObject({
      ok: false,
      error: { code: 'WORKSPACE_NOT_WRITABLE', detail: 'SQLITE_FULL' },
    });
  });

  it('hides the text of a bug from the window', async () => {
    const answer = await router('settings.about', undefined);
    expect(answer).toMatchObject({ ok: false, error: { code: 'IPC_INTERNAL' } });
    expect(JSON.stringify(answer)).not.toContain('secret');
  });
});
