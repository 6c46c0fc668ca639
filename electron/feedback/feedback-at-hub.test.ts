import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { startTestHub, type TestHub, type TestMember } from '../../hub/hub-for-tests.js';
import { createHubClient, type HubClient } from '../sync/hub-client.js';
import { openFeedbackDevice, untilAllSettled, type FeedbackDevice } from './feedback-device-for-tests.js';

let hub: TestHub;
let dir: string;
let device: FeedbackDevice;

beforeAll(async () => {
  hub = await startTestHub();
  await hub.hub.app.listen({ host: '127.0.0.1', port: 0 });
  dir = await mkdtemp(path.join(tmpdir(), 'cuecard-at-hub-'));
  device = openFeedbackDevice(dir);
});
afterAll(async () => {
  device.close();
  await hub.close();
  await rm(dir, { recursive: true });
});

function clientOf({ tokens }: TestMember): HubClient {
  const { port } = hub.hub.app.server.address() as AddressInfo;
  return createHubClient({
    baseUrl: `http://127.0.0.1:${String(port)}`,
    tokens: {
      accessToken: () => Promise.resolve(tokens.accessToken),
      expired: () => undefined,
      refused: () => undefined,
    },
  });
}

// Catches the two ends of the contract drifting apart: what a device sends, what a hub takes, refuses and answers.
it('goes to a real hub, where a lead reads and answers it, and the answer comes back to the decision', async () => {
  for (let at = 0; at < 250; at++) device.decide(`c-${String(at % 50)}`);
  const [asked] = device.feedback.list(1, null);
  const huge = device.decide('c-huge', { kind: 'source_opened', evidenceId: 'x'.repeat(300_000) });
  const delivery = device.outbox.deliverTo(clientOf(hub.rep));
  await untilAllSettled(device.outbox);
  expect(device.outbox.status()).toMatchObject({ waiting: 0, refused: 1 });
  expect(device.feedback.list(10, null, true)).toMatchObject([
    { id: huge.id, delivery: { kind: 'refused', reason: expect.stringContaining('bytes') as unknown } },
  ]);

  const lead = clientOf(hub.lead);
  const newest = await lead.request('feedback.inbox', { query: { limit: 200 } });
  const rest = await lead.request('feedback.inbox', {
    query: { limit: 200, before: newest.cursor ?? '' },
  });
  const received = [...newest.feedback, ...rest.feedback].map(({ event }) => event);
  expect(received.map(({ sequence }) => sequence).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 250 }, (_, at) => at + 1),
  );
  expect(received.find(({ feedback }) => feedback.id === asked?.id)).toMatchObject({
    context: { release: 3, customerText: 'Do you sell boats?', language: 'en' },
  });

  await lead.request('feedback.resolve', {
    params: { id: asked?.id ?? '' },
    body: { note: 'Good catch.', draftKey: null },
  });
  await delivery.retryNow();
  expect(device.feedback.list(2, null)[1]?.note).toMatchObject({ note: 'Good catch.' });
  await delivery.close();
});
