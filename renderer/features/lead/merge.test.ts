import { describe, expect, it } from 'vitest';

import type { DraftContent } from '../../../shared/domain/draft-item.js';
import { emptyItem } from './items.js';
import { conflictsOf, merged } from './merge.js';

const article = (change: object): DraftContent => {
  const item = emptyItem('article', 'returns');
  return item.kind === 'article' ? { ...item, article: { ...item.article, ...change } } : item;
};
const base = article({ title: 'Returns', markdown: '30 days' });

describe('two edits of one item', () => {
  // Catches a merge that loses either person's change, or asks about fields only one of them touched.
  it('come together where each changed another field', () => {
    const mine = article({ title: 'Returns', markdown: '45 days' });
    const theirs = article({ title: 'Sending back', markdown: '30 days' });
    const conflicts = conflictsOf(base, mine, theirs);
    expect(conflicts.map(({ path, proposed, isBoth }) => [path, proposed, isBoth])).toEqual([
      ['title', 'theirs', false],
      ['markdown', 'mine', false],
    ]);
    expect(merged(mine, conflicts, ({ proposed }) => proposed)).toEqual(
      article({ title: 'Sending back', markdown: '45 days' }),
    );
  });

  it('are asked about where both changed the same, and the answer holds', () => {
    const mine = article({ title: 'Returns', markdown: '45 days' });
    const theirs = article({ title: 'Returns', markdown: '60 days' });
    const conflicts = conflictsOf(base, mine, theirs);
    expect(conflicts).toMatchObject([{ path: 'markdown', proposed: 'mine', isBoth: true }]);
    expect(merged(mine, conflicts, () => 'mine')).toEqual(mine);
    expect(merged(mine, conflicts, () => 'theirs')).toEqual(theirs);
  });

  it('of nested fields and of lists keep everything else', () => {
    const [mine, theirs] = [emptyItem('profile'), emptyItem('profile')];
    if (mine.kind !== 'profile' || theirs.kind !== 'profile') return;
    const own: DraftContent = { ...mine, profile: { ...mine.profile, products: ['Lamp'] } };
    const voice = { ...theirs.profile.voice, closing: 'Bye' };
    const other: DraftContent = { ...theirs, profile: { ...theirs.profile, voice } };
    const together = merged(own, conflictsOf(mine, own, other), ({ proposed }) => proposed);
    expect(together).toEqual({ kind: 'profile', profile: { ...mine.profile, products: ['Lamp'], voice } });
    const list = (...outOfScope: string[]): DraftContent => ({ kind: 'out-of-scope', outOfScope });
    const [a, b] = [list('weather'), list('news')];
    expect(merged(a, conflictsOf(null, a, b), () => 'theirs')).toEqual(b);
  });
});
