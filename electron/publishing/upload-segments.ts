import { encodeFrames, type Segment } from '../../release/segment-frames.js';
import type { HubClient } from '../sync/hub-client.js';
import { patiently, type Patience } from './patience.js';

/** Gives the contents of some hashes, one after the other, each once. */
export type ContentsOf = (hashes: ReadonlySet<string>) => Iterable<Segment> | AsyncIterable<Segment>;

export interface UploadOptions {
  readonly patience: Patience;
  readonly onProgress: (done: number, total: number) => void;
  readonly signal?: AbortSignal | undefined;
}

export interface Uploaded {
  readonly segments: number;
  readonly bytes: number;
}

/** Asked for by one request. */
const ASKED_AT_ONCE = 2000;
/** Held and sent together: what a cut connection costs at most. */
const BATCH_BYTES = 4 * 1024 * 1024;
const BATCH_SEGMENTS = 500;

/** Brings to the hub what it does not have. After a cut only what is still missing is sent. */
export async function uploadSegments(
  hub: Pick<HubClient, 'request' | 'send'>,
  hashes: readonly string[],
  contentsOf: ContentsOf,
  { patience, onProgress, signal }: UploadOptions,
): Promise<Uploaded> {
  const missing = await missingOf(hub, hashes, patience, signal);
  const total = missing.size;
  let segments = 0;
  let bytes = 0;
  onProgress(0, total);
  if (total === 0) return { segments, bytes };
  for await (const batch of batchesOf(contentsOf(missing))) {
    let isFirst = true;
    await patiently(
      async () => {
        const left = isFirst ? null : await stillMissing(hub, batch, signal);
        isFirst = false;
        const sent = left ? batch.filter(({ hash }) => left.has(hash)) : batch;
        if (sent.length > 0) await hub.send('segments.store', encodeFrames(sent), signal);
      },
      patience,
      signal,
    );
    segments += batch.length;
    bytes += batch.reduce((sum, { content }) => sum + content.length, 0);
    onProgress(segments, total);
  }
  return { segments, bytes };
}

async function missingOf(
  hub: Pick<HubClient, 'request'>,
  hashes: readonly string[],
  patience: Patience,
  signal: AbortSignal | undefined,
): Promise<Set<string>> {
  const unique = [...new Set(hashes)];
  const missing = new Set<string>();
  for (let start = 0; start < unique.length; start += ASKED_AT_ONCE) {
    const body = { hashes: unique.slice(start, start + ASKED_AT_ONCE) };
    const answer = await patiently(() => hub.request('segments.missing', { body }, signal), patience, signal);
    for (const hash of answer.missing) missing.add(hash);
  }
  return missing;
}

async function stillMissing(
  hub: Pick<HubClient, 'request'>,
  batch: readonly Segment[],
  signal: AbortSignal | undefined,
): Promise<Set<string>> {
  const body = { hashes: batch.map(({ hash }) => hash) };
  return new Set((await hub.request('segments.missing', { body }, signal)).missing);
}

async function* batchesOf(contents: Iterable<Segment> | AsyncIterable<Segment>): AsyncGenerator<Segment[]> {
  let batch: Segment[] = [];
  let bytes = 0;
  for await (const segment of contents) {
    batch.push(segment);
    bytes += segment.content.length;
    if (batch.length < BATCH_SEGMENTS && bytes < BATCH_BYTES) continue;
    yield batch;
    batch = [];
    bytes = 0;
  }
  if (batch.length > 0) yield batch;
}
