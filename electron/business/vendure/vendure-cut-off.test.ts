import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';

import { startPeer, type Peer } from '../../helpdesk/connectors/peer-for-tests.js';
import { createVendureApi, type VendureApi } from './vendure-api.js';
import { createVendureChanges } from './vendure-changes.js';

const Ready = z.object({ url: z.string(), user: z.string(), password: z.string() });
const { signal } = new AbortController();

let peer: Peer<z.infer<typeof Ready>> | string;
beforeAll(async () => {
  peer = await startPeer('vendure', Ready);
}, 600_000);
afterAll(async () => {
  if (peer && typeof peer !== 'string') await peer.end();
});

function apiOf({ ready: { url, password } }: Peer<z.infer<typeof Ready>>, send = fetch): VendureApi {
  return createVendureApi({
    ...{ baseUrl: url, user: 'admin', password: () => password, timeoutMs: 15_000, fetch: send },
  });
}
const changesOf = (api: VendureApi) => createVendureChanges(api, () => new Date());

/** The answer to the mutation of this name never comes, and nothing more is sent. */
function cutOffAfter(mutation: string): typeof fetch {
  let isLost = false;
  return async (url, init) => {
    if (isLost) throw new TypeError('cut off');
    isLost = typeof init?.body === 'string' && init.body.includes(`mutation ${mutation}`);
    const response = await fetch(url, init);
    if (isLost) throw new TypeError('cut off');
    return response;
  };
}

// Catches: "nothing was changed" about an order that was cancelled and not paid back.
it('a cancellation cut off before the money went back is not told as not done, and is gone on with', async (test) => {
  if (typeof peer === 'string') return test.skip(peer);
  const cancel = { kind: 'cancel_order', orderId: 'HP-204251', reason: 'Ordered twice' } as const;
  await expect(changesOf(apiOf(peer, cutOffAfter('Cancel'))).apply(cancel, 'c1', signal)).rejects.toThrow();
  const changes = changesOf(apiOf(peer));
  await expect(changes.findDone(cancel, 'c1', signal)).rejects.toThrow();
  expect(await changes.findDone(cancel, 'c2', signal)).toBeNull();
  expect(await changes.apply(cancel, 'c1', signal)).toMatchObject({ state: 'cancelled', amount: 44.45 });
  expect(await changes.findDone(cancel, 'c1', signal)).toMatchObject({ state: 'cancelled', amount: 44.45 });
});

// Catches: "nothing was changed" about an order that was cancelled and paid back, where only the note of it is missing.
it('a cancellation cut off after the money went back is done', async (test) => {
  if (typeof peer === 'string') return test.skip(peer);
  const cancel = { kind: 'cancel_order', orderId: 'HP-204240', reason: 'Ordered twice' } as const;
  await expect(changesOf(apiOf(peer, cutOffAfter('Refund'))).apply(cancel, 'c3', signal)).rejects.toThrow();
  const found = await changesOf(apiOf(peer)).findDone(cancel, 'c3', signal);
  expect(found).toMatchObject({ state: 'cancelled', proof: 'HP-204240', amount: 153.95 });
});
