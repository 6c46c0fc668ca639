import { createServer, connect, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { silentLogger } from '../../shared/lib/logger.js';
import { describeHubDatabase } from './hub-database.conformance.js';
import type { HubDatabase } from './hub-database.js';
import { openPostgres } from './postgres-database.js';
import { createTestDatabase } from './postgres-for-tests.js';

const open = (url: string, statementMs = 10_000): HubDatabase =>
  openPostgres({ url, connections: 4, statementMs, log: silentLogger });

let made: ReturnType<typeof createTestDatabase> | null = null;
const database = (): ReturnType<typeof createTestDatabase> => (made ??= createTestDatabase());
describeHubDatabase('Postgres', async () => open((await database()).url));

describe('Postgres behind a network that breaks', () => {
  const sockets = new Set<Socket>();
  let isUp = true;
  let proxied: HubDatabase;
  let direct: HubDatabase;
  const proxy = createServer((near) => {
    if (!isUp) return void near.destroy();
    const far = connect(Number(target.port), target.hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => to.destroy());
    }
  });
  let target: URL;
  beforeAll(async () => {
    const { url } = await database();
    target = new URL(url);
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const through = new URL(url);
    through.port = String((proxy.address() as AddressInfo).port);
    proxied = open(through.href, 500);
    direct = open(url);
  });
  afterAll(async () => {
    await proxied.close();
    await direct.close();
    proxy.close();
    await (await database()).drop();
  });

  it('gives up on a statement that takes too long, and goes on', async () => {
    const slow = proxied.run('SELECT pg_sleep(5)');
    await expect(slow).rejects.toMatchObject({ error: { code: 'HUB_STORE_UNAVAILABLE' } });
    await expect(proxied.check()).resolves.toBeUndefined();
  });

  it('says that the store is away, listens again once it is back, and says that it missed something', async () => {
    const heard: string[] = [];
    let missed = 0;
    await proxied.listen(
      'broken',
      (payload) => heard.push(payload),
      () => missed++,
    );
    const torn = proxied.transaction(async (queries) => {
      await queries.run('SELECT 1');
      isUp = false;
      for (const socket of sockets) socket.destroy();
      await queries.run('SELECT 1');
    });
    await expect(torn).rejects.toMatchObject({ error: { code: 'HUB_STORE_UNAVAILABLE' } });
    await expect(proxied.check()).rejects.toMatchObject({ error: { code: 'HUB_STORE_UNAVAILABLE' } });
    await direct.run(`SELECT pg_notify('broken', 'lost')`);
    isUp = true;
    await expect.poll(() => missed, { timeout: 10_000 }).toBe(1);
    await direct.run(`SELECT pg_notify('broken', 'found')`);
    await expect.poll(() => heard).toEqual(['found']);
    await expect(proxied.check()).resolves.toBeUndefined();
  });
});
