import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { readHubConfig } from '../../hub/config.js';
import { startHub, type RunningHub } from '../../hub/start-hub.js';
import { copyPgliteTemplate } from '../../hub/storage/pglite-for-tests.js';
import { silentLogger } from '../../shared/lib/logger.js';
import { createHubClient, type HubClient } from '../sync/hub-client.js';
import { openFeedbackDevice, untilAllSettled, type FeedbackDevice } from './feedback-device-for-tests.js';
import type { FeedbackDelivery } from './feedback-delivery.js';

const KEY = 'the-hub-key-of-this-test-0123456789-abc';

let dir: string;
let hub: RunningHub;
let device: FeedbackDevice;
let delivery: FeedbackDelivery;
let lead: HubClient;
let rep: HubClient;

beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'cuecard-restored-'));
  await copyPgliteTemplate(path.join(dir, 'hub', 'database'));
  hub = await start('0');
  lead = clientWith(KEY);
  const { code } = await lead.request('members.invite', {
    body: { role: 'rep', name: 'Ada', email: null, expiresInHours: 1 },
  });
  const joined = await lead.request('access.join', { body: { code, deviceName: 'laptop' } });
  rep = clientWith(joined.tokens.accessToken);
  device = openFeedbackDevice(dir);
  delivery = device.outbox.deliverTo(rep);
});
afterEach(async () => {
  await delivery.close();
  device.close();
  await hub.stop();
  await rm(dir, { recursive: true });
});

const start = (port: string): Promise<RunningHub> => {
  const env = { CUECARD_HUB_FOLDER: path.join(dir, 'hub'), CUECARD_HUB_PORT: port };
  return startHub(readHubConfig({ ...env, CUECARD_HUB_OPERATOR_KEY: KEY }, dir), {}, () => silentLogger);
};

const clientWith = (token: string): HubClient =>
  createHubClient({
    baseUrl: hub.url,
    tokens: { accessToken: () => Promise.resolve(token), expired: () => undefined, refused: () => undefined },
  });

/** As docs/hub.md says to back up an embedded store, and to bring it back. */
async function whileStopped(copy: () => Promise<void>): Promise<void> {
  await hub.stop();
  await copy();
  hub = await start(new URL(hub.url).port);
}
const backUp = (): Promise<void> =>
  whileStopped(() => cp(path.join(dir, 'hub'), path.join(dir, 'backup'), { recursive: true }));
const restore = (): Promise<void> =>
  whileStopped(async () => {
    await rm(path.join(dir, 'hub'), { recursive: true });
    await cp(path.join(dir, 'backup'), path.join(dir, 'hub'), { recursive: true });
  });

const decideIn = (...conversations: readonly string[]): string[] =>
  conversations.map((conversation) => device.decide(conversation).id);
async function atHub(): Promise<string[]> {
  const { feedback } = await lead.request('feedback.inbox', { query: { limit: 200 } });
  return feedback.map(({ event }) => event.feedback.id).sort();
}
async function deliverAll(): Promise<void> {
  await delivery.retryNow();
  await untilAllSettled(device.outbox);
}

// Catches decisions that are gone for the team for good because the hub they were delivered to came back without them.
it('sends again what a hub restored from a backup has lost, once, with the next decision', async () => {
  const kept = decideIn('c-1', 'c-2', 'c-1');
  await deliverAll();
  await backUp();
  const lost = decideIn('c-1', 'c-3', 'c-3');
  await deliverAll();
  expect(await atHub()).toEqual([...kept, ...lost].sort());

  await restore();
  expect(await atHub()).toEqual([...kept].sort());
  const later = decideIn('c-1', 'c-4');
  await deliverAll();
  expect(await atHub()).toEqual([...kept, ...lost, ...later].sort());
  expect(device.feedback.list(50, null).map(({ delivery: { kind } }) => kind)).toEqual(
    Array.from({ length: 8 }, () => 'delivered'),
  );
});
