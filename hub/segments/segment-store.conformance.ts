import { randomUUID } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import type { Segment } from '../../release/segment-frames.js';
import { segmentOf } from '../releases/publish-for-tests.js';
import type { SegmentStore } from './segment-store.js';

/** What every store of segments promises. */
export function describeSegmentStore(name: string, open: () => SegmentStore): void {
  describe(`segments in ${name}`, () => {
    const read = async (store: SegmentStore, team: string, hashes: string[]): Promise<Segment[]> => {
      const all: Segment[] = [];
      for await (const segment of store.get(team, hashes)) all.push(segment);
      return all;
    };
    const segments = Array.from({ length: 70 }, (_, i) => segmentOf(Buffer.from(`content ${String(i)}\0ü`)));

    it('are read as they were written, in the order asked for, what is missing left out', async () => {
      const [store, team] = [open(), randomUUID()];
      await store.check();
      await store.put(team, segments);
      const asked = [...segments].reverse().map(({ hash }) => hash);
      expect(await read(store, team, [segmentOf(Buffer.from('never')).hash, ...asked])).toEqual(
        [...segments].reverse(),
      );
    });

    it('may be written again, may be empty, and may be large', async () => {
      const [store, team] = [open(), randomUUID()];
      const odd = [segmentOf(Buffer.alloc(0)), segmentOf(Buffer.alloc(3_000_000, 7))];
      await store.put(team, odd);
      await store.put(team, odd);
      const found = await read(
        store,
        team,
        odd.map(({ hash }) => hash),
      );
      expect(found.map(({ content }) => content.length)).toEqual([0, 3_000_000]);
    });

    it('belong to one workspace', async () => {
      const [store, team] = [open(), randomUUID()];
      await store.put(team, segments.slice(0, 2));
      const hashes = segments.slice(0, 2).map(({ hash }) => hash);
      expect(await read(store, randomUUID(), hashes)).toEqual([]);
      await store.remove(randomUUID(), hashes);
      expect(await read(store, team, hashes)).toHaveLength(2);
      await store.remove(team, hashes);
      expect(await read(store, team, hashes)).toEqual([]);
    });
  });
}
