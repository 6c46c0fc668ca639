import { gunzipSync, gzipSync } from 'node:zlib';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { SEGMENT_FRAMES } from '../../shared/contracts/hub/define-endpoint.js';
import { startTestHub, type TestHub } from '../hub-for-tests.js';
import { articleForTests, errorOf, framesOf, publish, segmentOf } from '../releases/publish-for-tests.js';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub();
});
afterAll(() => hub.close());

const send = (body: Buffer, headers: Record<string, string> = {}) =>
  hub.request(hub.lead, 'POST', '/v1/segments', body, { 'content-type': SEGMENT_FRAMES, ...headers });
const missing = async (hashes: string[]): Promise<string[]> =>
  (await hub.request(hub.lead, 'POST', '/v1/segments/missing', { hashes }))
    .json<{ missing: string[] }>()
    .missing.sort();

it('come packed and go packed', async () => {
  const segments = ['one', 'two', 'x'.repeat(5000)].map((text) => segmentOf(Buffer.from(text)));
  const frames = await framesOf(segments);
  const stored = await send(gzipSync(frames), { 'content-encoding': 'gzip' });
  expect(stored.json()).toEqual({ stored: 3 });
  const hashes = segments.map(({ hash }) => hash);
  const fetched = await hub.request(
    hub.rep,
    'POST',
    '/v1/segments/fetch',
    { hashes },
    { 'accept-encoding': 'gzip' },
  );
  expect(fetched.headers['content-encoding']).toBe('gzip');
  expect(gunzipSync(fetched.rawPayload)).toEqual(frames);
});

// Catches an answer that is named packed and is not, because its first hash begins as packed bytes do: a device could never fetch it.
it.each(['1f8b', '7801', '789c', '78da'])('go packed where the first hash begins with %s', async (start) => {
  const segment = hashedTo(start);
  await send(await framesOf([segment]));
  const fetch = (headers: Record<string, string>) =>
    hub.request(hub.rep, 'POST', '/v1/segments/fetch', { hashes: [segment.hash] }, headers);
  const packed = await fetch({ 'accept-encoding': 'gzip' });
  expect(packed.headers['content-encoding']).toBe('gzip');
  expect(gunzipSync(packed.rawPayload)).toEqual(await framesOf([segment]));
  const plain = await fetch({});
  expect(plain.headers['content-encoding']).toBeUndefined();
  expect(plain.rawPayload).toEqual(await framesOf([segment]));
});

function hashedTo(start: string): ReturnType<typeof segmentOf> {
  for (let i = 0; ; i++) {
    const segment = segmentOf(Buffer.from(String(i)));
    if (segment.hash.startsWith(start)) return segment;
  }
}

it('are kept up to where an upload was cut or damaged, and never kept wrong', async () => {
  const segments = ['first', 'second', 'third'].map((text) => segmentOf(Buffer.from(text)));
  const frames = await framesOf(segments);
  const cut = await send(frames.subarray(0, 36 + 5 + 36 + 3));
  expect(errorOf(cut)?.code).toBe('HUB_SEGMENT_INVALID');
  const hashes = segments.map(({ hash }) => hash);
  expect(await missing(hashes)).toEqual(hashes.slice(1).sort());
  frames[36 + 5 + 36] = (frames[36 + 5 + 36] ?? 0) ^ 1;
  expect(errorOf(await send(frames))?.code).toBe('HUB_SEGMENT_INVALID');
  expect(await missing(hashes)).toEqual(hashes.slice(1).sort());
});

it('are collected once nobody wants them, and never while a release has them or an upload may still be published', async () => {
  const [key, content] = articleForTests('kept', 'Kept for good');
  await publish(hub, hub.lead, { from: null, put: [[key, content]] });
  await send(await framesOf([segmentOf(Buffer.from('left behind'))]));
  await send(await framesOf([segmentOf(Buffer.from('asked for again'))]));
  const [left, again, published] = ['left behind', 'asked for again', content].map(
    (of) => segmentOf(Buffer.from(of)).hash,
  );
  hub.clock.now = new Date(Date.now() + 23 * 3_600_000);
  expect(await hub.hub.segments.collect()).toBe(0);
  await hub.hub.segments.missing(hub.id, [again ?? '']);
  hub.clock.now = new Date(Date.now() + 25 * 3_600_000);
  expect(await hub.hub.segments.collect()).toBeGreaterThanOrEqual(1);
  hub.clock.now = null;
  expect(await missing([left ?? '', again ?? '', published ?? ''])).toEqual([left]);
});
