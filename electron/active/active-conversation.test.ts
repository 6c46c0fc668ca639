import { expect, it } from 'vitest';

import type { ActiveState } from '../../shared/contracts/ipc/active.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import { silentLogger } from '../../shared/lib/logger.js';
import { createActiveDesk } from './active-conversation.js';

const TICKET = /^https:\/\/desk\.example\/t\/(\d+)$/u;

/** A desk whose look-ups end when the test says so. */
function deskOf() {
  const told: ActiveState[] = [];
  const unknown: string[] = [];
  const waiting = new Map<string, () => void>();
  let clock = Date.parse('2026-11-27T10:00:00.000Z');
  const desk = createActiveDesk({
    find: (text) =>
      new Promise((resolve, reject) =>
        waiting.set(text, () => {
          if (text.endsWith('/broken')) reject(new AppErrorException('HELPDESK_UNREACHABLE'));
          const number = TICKET.exec(text)?.[1];
          resolve(number === undefined ? null : `desk:${number}`);
        }),
      ),
    onChanged: (state) => told.push(state),
    onUnknown: (text) => unknown.push(text),
    now: () => new Date((clock += 1_000)),
    log: silentLogger,
  });
  const found = async (...texts: string[]): Promise<void> => {
    for (const text of texts) waiting.get(text)?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { desk, told, unknown, found };
}

const page = (number: number): string => `https://desk.example/t/${String(number)}`;

// Catches: a slow look-up of an older page that takes the rep away from the newer one.
it('believes the source that spoke last, not the one that was found last', async () => {
  const { desk, found } = deskOf();
  void desk.heard('extension', page(1));
  void desk.heard('view', page(2));
  await found(page(2), page(1));
  expect(desk.state()).toEqual({
    isFollowing: true,
    active: { source: 'view', conversationId: 'desk:2', at: '2026-11-27T10:00:02.000Z' },
  });
});

// Catches: a news page in the next tab that empties the card, and an error that is thrown at nobody.
it('stays where it is when a page shows no conversation or cannot be read', async () => {
  const { desk, told, unknown, found } = deskOf();
  void desk.heard('extension', page(1));
  await found(page(1));
  const pages = [desk.heard('extension', 'https://news.example/'), desk.heard('view', 'https://x/broken')];
  await found('https://news.example/', 'https://x/broken');
  await Promise.all(pages);
  expect(told).toHaveLength(1);
  expect(unknown).toEqual([]);
  expect(desk.state().active?.conversationId).toBe('desk:1');
});

// Catches: a page that moves the card although the rep stopped it, also when its look-up was under way.
it('follows no page once it is stopped, and still does what the rep asks for', async () => {
  const { desk, found } = deskOf();
  void desk.heard('extension', page(1));
  expect(desk.follow(false)).toEqual({ isFollowing: false, active: null });
  await found(page(1));
  void desk.heard('view', page(2));
  await found(page(2));
  expect(desk.state().active).toBeNull();
  void desk.asked('shortcut', page(3));
  await found(page(3));
  expect(desk.state().active).toMatchObject({ source: 'shortcut', conversationId: 'desk:3' });
  desk.follow(true);
  void desk.heard('extension', page(4));
  await found(page(4));
  expect(desk.state().active).toMatchObject({ source: 'extension', conversationId: 'desk:4' });
});

// Catches: a key that does nothing at all, and a whole thread that is sent through the look-up of addresses.
it('hands over what no helpdesk knows, threads without looking them up', async () => {
  const { desk, unknown, found } = deskOf();
  void desk.asked('shortcut', 'hello');
  await found('hello');
  void desk.asked('link', 'https://x/broken');
  await found('https://x/broken');
  await desk.asked('shortcut', 'Anna wrote:\nWhere is my parcel?');
  await desk.asked('shortcut', 'a'.repeat(5_000));
  expect(unknown).toEqual([
    'hello',
    'https://x/broken',
    'Anna wrote:\nWhere is my parcel?',
    'a'.repeat(5_000),
  ]);
});

// Catches: a status line that names a conversation of a helpdesk that was removed.
it('leaves a conversation that is not here any more', async () => {
  const { desk, found } = deskOf();
  void desk.heard('view', page(1));
  await found(page(1));
  desk.keepOnly((id) => id.startsWith('desk:'));
  expect(desk.state().active?.conversationId).toBe('desk:1');
  desk.keepOnly((id) => id.startsWith('other:'));
  expect(desk.state().active).toBeNull();
});
