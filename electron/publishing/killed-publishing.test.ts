import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startTestHub, type TestHub } from '../../hub/hub-for-tests.js';
import { sha256 } from '../../release/canonical-json.js';
import { listingOf, rootOf } from '../../release/listing.js';
import { bundleForTests, type TestBundle } from '../engine/bundle-worker-for-tests.js';
import { createHubClient, type HubClient } from '../sync/hub-client.js';
import { sourceOfRound } from './kill-round-for-tests.js';
import { readNewest } from './newest-release.js';
import { defaultPatience } from './patience.js';

/** How often it is killed; `KILLS=200 npx vitest run electron/publishing/killed` for a long run. */
const KILLS = Number(process.env['KILLS'] ?? 5);

let bundle: TestBundle;
let hub: TestHub;
let url: string;
let client: HubClient;
beforeAll(async () => {
  bundle = await bundleForTests('../publishing/killed-publishing-for-tests.ts');
  hub = await startTestHub({
    store: 'pglite',
    limits: { memberPerMinute: 1_000_000, joinsPerMinute: 1000, publicPerMinute: 1000 },
  });
  await hub.hub.app.listen({ host: '127.0.0.1', port: 0 });
  url = `http://127.0.0.1:${String((hub.hub.app.server.address() as AddressInfo).port)}`;
  const { accessToken } = hub.lead.tokens;
  client = createHubClient({
    baseUrl: url,
    tokens: {
      accessToken: () => Promise.resolve(accessToken),
      expired: () => undefined,
      refused: () => undefined,
    },
  });
});
afterAll(async () => {
  await hub.close();
  await bundle.remove();
});

interface Run {
  /** Lines it said. */
  readonly said: readonly string[];
  readonly ms: number;
}

/** Publishes a round in a process of its own, killed so long after it started to publish; never where that is null. */
async function publish(round: number, killAfterMs: number | null): Promise<Run> {
  const child = spawn(process.execPath, [bundle.file, url, hub.lead.tokens.accessToken, String(round)]);
  let output = '';
  let errors = '';
  child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
  child.stdout.on('data', (data: Buffer) => (output += data.toString()));
  // Not its exit: what it said last may be read after that.
  const ended = once(child, 'close');
  await once(child.stdout, 'data');
  const startedAt = performance.now();
  if (killAfterMs !== null) {
    await Promise.race([ended, wait(killAfterMs)]);
    child.kill('SIGKILL');
  }
  await ended;
  expect(errors).toBe('');
  return { said: output.trim().split('\n'), ms: performance.now() - startedAt };
}

const rootOfRound = (round: number): string =>
  rootOf(
    listingOf(
      [...sourceOfRound(round).articles()].map(({ key, content }) => ({
        ...{ key, hash: sha256(content) },
        bytes: content.length,
      })),
    ),
  );

describe('a publication that is killed and started again', () => {
  it('is there once and whole, and numbers have no gaps', async () => {
    const first = await publish(0, null);
    expect(first.said.at(-1)).toBe('published 1');
    let wholeMs = first.ms;
    const moments = new Map<string, number>();
    for (let round = 1; round <= KILLS; round++) {
      const { said, ms } = await publish(round, Math.random() * wholeMs);
      const [moment = ''] = said.at(-1)?.split(' ') ?? [];
      moments.set(moment, (moments.get(moment) ?? 0) + 1);
      if (moment === 'published') wholeMs = ms;
      const again = await publish(round, null);
      expect(again.said.at(-1), again.said.join('\n')).toMatch(
        new RegExp(`^(published ${String(round + 1)}|RELEASE_NOTHING_TO_PUBLISH)$`),
      );
      const { manifest, listing } = await readNewest(client, defaultPatience);
      expect(manifest).toMatchObject({ number: round + 1, root: rootOfRound(round) });
      const { missing } = await client.request('segments.missing', {
        body: { hashes: listing.map(({ hash }) => hash) },
      });
      expect(missing).toEqual([]);
    }
    const numbers: number[] = [];
    for (let before: number | undefined; ; before = numbers.at(-1)) {
      const query = { limit: 200, ...(before === undefined ? {} : { before }) };
      const { releases } = await client.request('releases.list', { query });
      if (releases.length === 0) break;
      numbers.push(...releases.map(({ number }) => number));
    }
    expect(numbers).toEqual(Array.from({ length: KILLS + 1 }, (_, i) => KILLS + 1 - i));
    if (process.env['KILLS'] !== undefined)
      process.stdout.write(`Killed at: ${JSON.stringify([...moments])}\n`);
  });
}, 3_600_000);
