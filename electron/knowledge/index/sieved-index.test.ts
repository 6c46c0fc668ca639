import { expect, it } from 'vitest';

import { createFlatIndex } from './flat-index.js';
import { describeKnowledgeIndex, vectorsForTests } from './knowledge-index.conformance.js';
import { createSievedIndex } from './sieved-index.js';

describeKnowledgeIndex('Comparing those whose signs agree', createSievedIndex);

// Catches: signs that say nothing of the angle. The suite above is too small for any vector to be sieved out.
it('finds the neighbours that comparing all finds where most are sieved out', async () => {
  const source = vectorsForTests(20_000, 150);
  const [flat, sieved] = [createFlatIndex(source), await createSievedIndex(source)];
  let found = 0;
  for (let row = 0; row < 20; row++) {
    const query = source.vectors.slice(row * 907 * 150, (row * 907 + 1) * 150);
    const truth = new Set(flat.search(query, 50).map(({ label }) => label));
    found += sieved.search(query, 50).filter(({ label }) => truth.has(label)).length;
  }
  expect(found / 1000).toBeGreaterThanOrEqual(0.99);
});
