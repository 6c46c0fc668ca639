import type { ListingEntry } from '../../shared/domain/release.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import { decodeFrames, type Segment } from '../../release/segment-frames.js';
import type { HubClient } from './hub-client.js';
import type { Staging } from './staging.js';

export interface FetchOptions {
  readonly onProgress: (done: number, total: number) => void;
  readonly signal: AbortSignal;
  /** Free bytes where the staging file lies. */
  readonly freeBytes: () => Promise<number>;
}

/** Asked for by one request. */
const BATCH_ENTRIES = 1000;
const BATCH_BYTES = 16 * 1024 * 1024;
/** Written by one transaction: a few milliseconds of main's time. */
const WRITE_BYTES = 256 * 1024;
/** Staged content is written again into the knowledge, with its words and vectors about as large a second time; the rest is for others. */
const SPACE_FACTOR = 3;
const SPACE_LEFT_BYTES = 200 * 1024 * 1024;

/**
 * Fetches segments into the staging file, those that are missing there only. What arrived whole before a cut is kept.
 * @throws AppErrorException RELEASE_NO_SPACE before anything is fetched, RELEASE_DAMAGED, HUB_UNREACHABLE and the like.
 */
export async function fetchSegments(
  client: Pick<HubClient, 'receive'>,
  staging: Staging,
  needed: readonly ListingEntry[],
  { onProgress, signal, freeBytes }: FetchOptions,
): Promise<void> {
  const missing = new Set(staging.missing(needed.map(({ hash }) => hash)));
  const wanted = [...new Map(needed.map((entry) => [entry.hash, entry])).values()].filter(({ hash }) =>
    missing.has(hash),
  );
  await refuseWithoutSpace(wanted, freeBytes);
  const total = new Set(needed.map(({ hash }) => hash)).size;
  let done = total - wanted.length;
  onProgress(done, total);
  for (const batch of batchesOf(wanted)) {
    const left = new Set(batch.map(({ hash }) => hash));
    let waiting: Segment[] = [];
    let bytes = 0;
    const write = (): void => {
      staging.put(waiting);
      done += waiting.length;
      waiting = [];
      bytes = 0;
      onProgress(done, total);
    };
    const chunks = await client.receive('segments.fetch', { body: { hashes: [...left] } }, signal);
    try {
      for await (const segment of decodeFrames(chunks)) {
        if (!left.delete(segment.hash))
          throw new AppErrorException('RELEASE_DAMAGED', 'a segment nobody asked for');
        waiting.push(segment);
        bytes += segment.content.length;
        if (bytes >= WRITE_BYTES) write();
      }
    } finally {
      write();
    }
    const [lost] = left;
    if (lost !== undefined)
      throw new AppErrorException('RELEASE_DAMAGED', `the hub lacks segment ${lost.slice(0, 12)}`);
  }
}

async function refuseWithoutSpace(
  wanted: readonly ListingEntry[],
  freeBytes: () => Promise<number>,
): Promise<void> {
  const needs = wanted.reduce((sum, { bytes }) => sum + bytes, 0) * SPACE_FACTOR + SPACE_LEFT_BYTES;
  const free = await freeBytes();
  if (wanted.length > 0 && free < needs)
    throw new AppErrorException('RELEASE_NO_SPACE', `${megabytes(needs)} needed, ${megabytes(free)} free`);
}

function* batchesOf(entries: readonly ListingEntry[]): Generator<ListingEntry[]> {
  let batch: ListingEntry[] = [];
  let bytes = 0;
  for (const entry of entries) {
    if (batch.length === BATCH_ENTRIES || (batch.length > 0 && bytes + entry.bytes > BATCH_BYTES)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(entry);
    bytes += entry.bytes;
  }
  if (batch.length > 0) yield batch;
}

const megabytes = (bytes: number): string => `${String(Math.ceil(bytes / 2 ** 20))} MB`;
