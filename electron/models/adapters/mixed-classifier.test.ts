import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { IntentDefinition } from '../../../shared/domain/team.js';
import { embedderDirForTests } from '../embedder-for-tests.js';
import type { Embedder } from '../embedder.js';
import { loadMixedClassifier, saveMixedClassifier, trainMixedClassifier } from './mixed-classifier.js';
import { openUseLiteEmbedder } from './use-lite-embedder.js';

const intent = (id: string, examples: string[]): IntentDefinition => ({
  id,
  name: id.replaceAll('_', ' '),
  description: '',
  examples,
  tools: [],
});
const intents = [
  intent('return_item', ['How do I return a lamp?', 'I want to send this back', 'can i return my order']),
  intent('order_status', ['Where is my order?', 'when will my parcel arrive', 'track my package please']),
  intent('cancel_order', ['Please cancel my order', 'I want to cancel what I bought', 'stop the order']),
];

let embedder: Embedder;
let dir: string;
beforeAll(async () => {
  embedder = await openUseLiteEmbedder({ dir: await embedderDirForTests() });
  dir = await mkdtemp(path.join(tmpdir(), 'cuecard-classifier-'));
});
afterAll(async () => {
  await embedder.close();
  await rm(dir, { recursive: true, force: true });
});

const train = () => trainMixedClassifier({ intents, outOfScope: ['What is the weather like?'], embedder });

describe('The mixed classifier', () => {
  it('tells the intents apart and knows what is none of them', async () => {
    const classifier = await train();
    const labelOf = async (text: string) => (await classifier.classify(text)).candidates[0]?.id;
    expect(await labelOf('how can I send the kettle back to you')).toBe('return_item');
    expect(await labelOf('has my package been shipped')).toBe('order_status');
    expect(await labelOf('pls cancle the oder')).toBe('cancel_order');
    const known = await classifier.classify('where is my package');
    const odd = await classifier.classify('Who won the chess world championship?');
    expect(known.inScope).toBeGreaterThan(0.5);
    expect(odd.inScope).toBeLessThan(0.5);
    expect(known.candidates.reduce((sum, { probability }) => sum + probability, 0)).toBeLessThanOrEqual(
      1.000001,
    );
  });

  it('is the same again for the same team', async () => {
    const [a, b] = [await train(), await train()];
    expect(await a.classify('where is it')).toEqual(await b.classify('where is it'));
  });

  it('answers a team without intents, one intent, and text without words', async () => {
    const none = await trainMixedClassifier({ intents: [], outOfScope: [], embedder });
    expect(await none.classify('hello')).toMatchObject({ candidates: [], inScope: 0 });
    const one = await trainMixedClassifier({ intents: intents.slice(0, 1), outOfScope: [], embedder });
    expect((await one.classify('I want to return it')).candidates).toHaveLength(1);
    expect(await one.classify('?! 123')).toMatchObject({ candidates: [], inScope: 0 });
  });

  it('finds the need in a long story', async () => {
    const classifier = await train();
    const { candidates } = await classifier.classify(
      'Hello. I bought a kettle for my mother last month. She lives near the sea and has two cats. How do I return it? Kind greetings from all of us.',
    );
    expect(candidates[0]?.id).toBe('return_item');
  });

  it('stops when the run is cancelled', async () => {
    const classifier = await train();
    await expect(classifier.classify('where is it', AbortSignal.abort())).rejects.toMatchObject({
      error: { code: 'SUGGESTION_CANCELLED' },
    });
  });
});

describe('A saved classifier', () => {
  it('answers as it did, from a file that leaves nothing beside it', async () => {
    const folder = path.join(dir, 'saved');
    const file = path.join(folder, 'classifier.json');
    const classifier = await train();
    await saveMixedClassifier(file, classifier, 'stamp');
    await saveMixedClassifier(file, classifier, 'stamp');
    expect(await readdir(folder)).toEqual(['classifier.json']);
    const loaded = await loadMixedClassifier(file, 'stamp', embedder);
    for (const text of ['where is my order', 'retrun it', 'the weather']) {
      expect(await loaded?.classify(text)).toEqual(await classifier.classify(text));
    }
  });

  it('is not used when it was trained on something else, is damaged, or is missing', async () => {
    const file = path.join(dir, 'damaged.json');
    await saveMixedClassifier(file, await train(), 'stamp');
    const good = await readFile(file, 'utf8');
    expect(await loadMixedClassifier(file, 'other', embedder)).toBeNull();
    expect(await loadMixedClassifier(file, 'stamp', { ...embedder, id: 'another' })).toBeNull();
    expect(await loadMixedClassifier(path.join(dir, 'none.json'), 'stamp', embedder)).toBeNull();
    const half = good.length >> 1;
    const other = good[half] === 'A' ? 'B' : 'A';
    for (const bad of [
      '',
      '{}',
      'null',
      good.slice(0, half),
      good.slice(0, half) + other + good.slice(half + 1),
    ]) {
      await writeFile(file, bad);
      expect(await loadMixedClassifier(file, 'stamp', embedder)).toBeNull();
    }
  });
});
