import fs from 'node:fs';

import Libsql from 'libsql';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import {
  startListeningHub,
  startSyncDevice,
  type ListeningHub,
  type SyncDevice,
} from './sync-device-for-tests.js';

/** Files of these names cannot grow: SQLite itself refuses, as it does on a disk that is full. */
const disk = vi.hoisted(() => ({ full: '' }));

vi.mock('libsql', async (importOriginal) => {
  const { default: Real } = await importOriginal<{ default: typeof Libsql }>();
  return {
    default: class extends Real {
      constructor(file: string, options?: Libsql.Options) {
        super(file, options);
        // No more pages than there are; with room for the log alone.
        if (disk.full !== '' && file.endsWith(disk.full)) this.exec('PRAGMA max_page_count = 1');
      }
    },
  };
});

let hub: ListeningHub;
let device: SyncDevice;
beforeAll(async () => {
  hub = await startListeningHub();
});
afterAll(() => hub.close());
/** A device that holds release 1 of a team whose newest is 2. */
beforeEach(async () => {
  disk.full = '';
  device = await startSyncDevice(hub);
  await device.publish();
  await device.service.retryNow();
  await device.changeArticles(2);
  // More than a file of a few pages takes in.
  await device.workspace.put('long.md', `# Long\n\n${'A sentence about tents. '.repeat(1000)}\n`);
  await device.publish();
});
afterEach(() => device.close());

const staging = (): string => device.file('sync.db');
async function tryOnce(): Promise<[release: number, code: string | null]> {
  await device.service.retryNow();
  const { activity } = device.service.status();
  const release = await device.number();
  expect(await device.lanternHours()).toBe(release === 2 ? 2 : null);
  return [release, 'error' in activity ? activity.error.code : null];
}

describe('A device whose disk is full', () => {
  it('while it fetches keeps the release it has, says so, and goes on once there is room', async () => {
    await device.restart(() => (disk.full = 'sync.db'));
    expect(await tryOnce()).toEqual([1, 'RELEASE_NO_SPACE']);
    expect(device.service.status().activity.kind).toBe('refused');
    await device.restart(() => (disk.full = ''));
    expect(await tryOnce()).toEqual([2, null]);
  });

  it('while it applies keeps the release it has, says so, and goes on once there is room', async () => {
    disk.full = 'knowledge.db';
    expect(await tryOnce()).toEqual([1, 'RELEASE_NO_SPACE']);
    expect(device.service.status().activity.kind).toBe('refused');
    disk.full = '';
    const before = device.asked.length;
    expect(await tryOnce()).toEqual([2, null]);
    // What was fetched lies there still.
    expect(device.asked.slice(before)).not.toContain('segments.fetch');
  });
});

/** Fetches release 2 and leaves its parts where they were staged. */
async function fetchOnly(): Promise<void> {
  disk.full = 'knowledge.db';
  expect(await tryOnce()).toEqual([1, 'RELEASE_NO_SPACE']);
  disk.full = '';
}

describe('A device whose disk lost something', () => {
  it('fetches again what was staged and is another now', async () => {
    await fetchOnly();
    const other = new Libsql(staging());
    other.prepare('UPDATE segments SET content = ?').run([Buffer.from('something else')]);
    other.close();
    expect(await tryOnce()).toEqual([1, 'RELEASE_DAMAGED']);
    expect(await tryOnce()).toEqual([2, null]);
  });

  it('makes the staging file anew where it is damaged while it is open', async () => {
    await fetchOnly();
    const checkpoint = new Libsql(staging());
    checkpoint.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    checkpoint.close();
    damage(staging());
    expect((await tryOnce())[0]).toBe(1);
    expect(await tryOnce()).toEqual([2, null]);
  });

  it('makes the staging file anew where it is damaged when it is opened', async () => {
    await fetchOnly();
    await device.restart(() => damage(staging()));
    expect(await tryOnce()).toEqual([2, null]);
  });

  it('answers from the release it has and asks nothing where it cannot read of which team it is', async () => {
    const before = device.asked.length;
    for (const text of ['', '{"hubUrl":', 'null', '{}']) {
      fs.writeFileSync(device.file('team.json'), text);
      expect(await tryOnce()).toEqual([1, null]);
    }
    expect(device.asked.length).toBe(before);
    device.membershipFile.write(device.membership);
    expect(await tryOnce()).toEqual([2, null]);
  });
});

/** Overwrites all pages but the first, which says that it is a database. */
function damage(file: string): void {
  const size = fs.statSync(file).size;
  const handle = fs.openSync(file, 'r+');
  fs.writeSync(handle, Buffer.alloc(size - 4096, 0xa5), 0, size - 4096, 4096);
  fs.closeSync(handle);
}
