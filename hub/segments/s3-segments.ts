import {
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadBucketCommand,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';

import { AppErrorException } from '../../shared/errors/app-error.js';
import type { Segment } from '../../release/segment-frames.js';
import type { SegmentStore } from './segment-store.js';

export interface S3Settings {
  /** Null for Amazon's own, by region. */
  readonly endpoint: string | null;
  readonly region: string;
  readonly bucket: string;
  /** What every name begins with, for example `cuecard/`. */
  readonly prefix: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Requests under way at once: a store far away answers one in tens of milliseconds. */
const AT_ONCE = 16;
/** The most one request may delete. */
const MAX_DELETED = 1000;

/** Keeps segments in any S3-compatible bucket, as `<prefix><workspace>/<hash>`. They never change, so any CDN may serve them. */
export function createS3Segments(settings: S3Settings): SegmentStore {
  const { endpoint, region, bucket, prefix, accessKeyId, secretAccessKey } = settings;
  const client = new S3Client({
    region,
    ...(endpoint === null ? {} : { endpoint, forcePathStyle: true }),
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: 4,
  });
  const nameOf = (workspaceId: string, hash: string): string => `${prefix}${workspaceId}/${hash}`;

  const read = async (workspaceId: string, hash: string): Promise<Segment | null> => {
    try {
      const answer = await client.send(
        new GetObjectCommand({ Bucket: bucket, Key: nameOf(workspaceId, hash) }),
      );
      const content = await answer.Body?.transformToByteArray();
      return content ? { hash, content: Buffer.from(content) } : null;
    } catch (cause) {
      if (cause instanceof NoSuchKey) return null;
      throw unavailable(cause);
    }
  };

  return {
    async put(workspaceId, segments) {
      await inGroups(segments, async ({ hash, content }) => {
        await client
          .send(new PutObjectCommand({ Bucket: bucket, Key: nameOf(workspaceId, hash), Body: content }))
          .catch((cause: unknown) => {
            throw unavailable(cause);
          });
      });
    },
    async *get(workspaceId, hashes) {
      for (let start = 0; start < hashes.length; start += AT_ONCE) {
        const group = hashes.slice(start, start + AT_ONCE);
        for (const segment of await Promise.all(group.map((hash) => read(workspaceId, hash))))
          if (segment) yield segment;
      }
    },
    async remove(workspaceId, hashes) {
      for (let start = 0; start < hashes.length; start += MAX_DELETED) {
        const Objects = hashes
          .slice(start, start + MAX_DELETED)
          .map((hash) => ({ Key: nameOf(workspaceId, hash) }));
        await client
          .send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }))
          .catch((cause: unknown) => {
            throw unavailable(cause);
          });
      }
    },
    async check() {
      await client.send(new HeadBucketCommand({ Bucket: bucket })).catch((cause: unknown) => {
        throw unavailable(cause);
      });
    },
    close: () => client.destroy(),
  };
}

async function inGroups<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  for (let start = 0; start < all.length; start += AT_ONCE)
    await Promise.all(all.slice(start, start + AT_ONCE).map(work));
}

/** The name of what went wrong; its text may hold addresses and keys. */
const unavailable = (cause: unknown): AppErrorException =>
  new AppErrorException('HUB_STORE_UNAVAILABLE', `segments: ${cause instanceof Error ? cause.name : '?'}`, {
    cause,
  });
