import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

import S3rver from 's3rver';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { startTestHub, type TestHub } from '../hub-for-tests.js';
import { createPostgresSegments } from './postgres-segments.js';
import { createS3Segments } from './s3-segments.js';
import { describeSegmentStore } from './segment-store.conformance.js';

let postgres: TestHub;
let pglite: TestHub;
let folder = '';
let bucket: S3rver;
let endpoint = '';
const settings = {
  region: 'us-east-1',
  prefix: 'cuecard/',
  accessKeyId: 'S3RVER',
  secretAccessKey: 'S3RVER',
};

beforeAll(async () => {
  postgres = await startTestHub({ store: 'postgres' });
  pglite = await startTestHub({ store: 'pglite' });
  folder = await mkdtemp(path.join(tmpdir(), 'cuecard-s3-'));
  bucket = new S3rver({
    ...{ address: '127.0.0.1', port: 0, silent: true, directory: folder },
    configureBuckets: [{ name: 'team', configs: [] }],
  });
  const { port } = (await bucket.run()) as AddressInfo;
  endpoint = `http://127.0.0.1:${String(port)}`;
});
afterAll(async () => {
  await bucket.close();
  await postgres.close();
  await pglite.close();
  await rm(folder, { recursive: true, force: true });
});

describeSegmentStore('Postgres', () => createPostgresSegments(postgres.database));
describeSegmentStore('PGlite', () => createPostgresSegments(pglite.database));
describeSegmentStore('an S3 bucket', () => createS3Segments({ ...settings, endpoint, bucket: 'team' }));

it('say that the bucket is not there, without its keys', async () => {
  const gone = createS3Segments({ ...settings, endpoint, bucket: 'nobody' });
  await expect(gone.check()).rejects.toMatchObject({ error: { code: 'HUB_STORE_UNAVAILABLE' } });
});
