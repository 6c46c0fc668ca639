import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { describeEmbedder } from '../embedder.conformance.js';
import { onnxFolderForTests } from '../onnx-folder-for-tests.js';
import { openEmbedderFolder } from '../open-embedder.js';
import { readOnnxFolder } from './onnx-folder.js';

const made: string[] = [];
const folder = async (name: string, files?: Record<string, unknown>): Promise<string> => {
  const dir = await onnxFolderForTests(name, files);
  made.push(dir);
  return dir;
};
afterAll(() => Promise.all(made.map((dir) => rm(path.dirname(dir), { recursive: true, force: true }))));

describeEmbedder('A model folder of the MiniLM kind', async () =>
  openEmbedderFolder(await folder('all-MiniLM-L6-v2')),
);
describeEmbedder('A model folder of the e5 kind', async () =>
  openEmbedderFolder(await folder('e5-small-v2')),
);

describe('A model folder', () => {
  const embed = async (dir: string, text: string, role: 'query' | 'passage' = 'query') => {
    const embedder = await openEmbedderFolder(dir);
    const [vector] = await embedder.embed([text], undefined, role);
    await embedder.close();
    return Array.from(vector ?? []);
  };

  it.each([
    ['bge-large-en-v1.5', 'cls', 'Represent this sentence for searching relevant passages: ', ''],
    ['bge-m3', 'cls', '', ''],
    ['multilingual-e5-base', 'mean', 'query: ', 'passage: '],
    ['gte-base', 'mean', '', ''],
    ['gte-large-en-v1.5', 'cls', '', ''],
    ['all-MiniLM-L6-v2', 'mean', '', ''],
    ['my-own-model', 'mean', '', ''],
  ])('is used as the card of %s says', async (name, pooling, queryPrefix, passagePrefix) => {
    expect(await readOnnxFolder(await folder(name))).toMatchObject({ pooling, queryPrefix, passagePrefix });
  });

  it('believes its own files more than its name', async () => {
    const dir = await folder('e5-like', {
      '1_Pooling/config.json': { pooling_mode_cls_token: true, pooling_mode_mean_tokens: false },
      'config_sentence_transformers.json': { prompts: { query: 'ask: ', document: 'doc: ' } },
      'sentence_bert_config.json': { max_seq_length: 48 },
    });
    const read = { pooling: 'cls', queryPrefix: 'ask: ', passagePrefix: 'doc: ', maxTokens: 48 };
    expect(await readOnnxFolder(dir)).toMatchObject(read);
    await writeFile(path.join(dir, 'cuecard.json'), '{"pooling":"last","queryPrefix":"","maxTokens":20}');
    expect(await readOnnxFolder(dir)).toMatchObject({
      ...read,
      pooling: 'last',
      queryPrefix: '',
      maxTokens: 20,
    });
  });

  it('takes the tokens it was told to', async () => {
    const vectors = new Set<string>();
    for (const pooling of ['mean', 'cls', 'last']) {
      const dir = await folder('plain', { 'cuecard.json': { pooling } });
      vectors.add(JSON.stringify(await embed(dir, 'return my parcel')));
    }
    expect(vectors.size).toBe(3);
  });

  it('puts the prefix of its role before a text', async () => {
    const dir = await folder('e5-small-v2');
    expect(await embed(dir, 'refund', 'passage')).not.toEqual(await embed(dir, 'refund', 'query'));
    const plain = await folder('plain');
    expect(await embed(plain, 'refund', 'passage')).toEqual(await embed(plain, 'refund', 'query'));
    expect(await embed(plain, 'query: refund')).toEqual(await embed(dir, 'refund', 'query'));
  });

  it('is another embedder when anything in it is another', async () => {
    const dir = await folder('plain');
    const { id } = await readOnnxFolder(dir);
    expect((await readOnnxFolder(await folder('plain'))).id).toBe(id);
    await writeFile(path.join(dir, 'cuecard.json'), '{"pooling":"cls"}');
    expect((await readOnnxFolder(dir)).id).not.toBe(id);
    await rm(path.join(dir, 'cuecard.json'));
    const bytes = await readFile(path.join(dir, 'model.onnx'));
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    await writeFile(path.join(dir, 'model.onnx'), bytes);
    expect((await readOnnxFolder(dir)).id).not.toBe(id);
  });

  it('may keep a quantized model in a folder of its own, whose texts are then run one by one', async () => {
    const dir = await folder('plain');
    await mkdir(path.join(dir, 'onnx'));
    await rename(path.join(dir, 'model.onnx'), path.join(dir, 'onnx/model_quantized.onnx'));
    expect(await readOnnxFolder(dir)).toMatchObject({ isQuantized: true });
    expect(await embed(dir, 'refund')).toHaveLength(32);
  });

  const problems: [string, (dir: string) => Promise<unknown>, RegExp][] = [
    ['without a model', (dir) => rm(path.join(dir, 'model.onnx')), /none of model\.onnx/],
    ['without a tokenizer', (dir) => rm(path.join(dir, 'tokenizer.json')), /tokenizer\.json is missing/],
    [
      'with a broken tokenizer',
      (dir) => writeFile(path.join(dir, 'tokenizer.json'), '{'),
      /tokenizer\.json: it is not readable JSON/,
    ],
    [
      'with a tokenizer of an unknown kind',
      (dir) => writeFile(path.join(dir, 'tokenizer.json'), '{"model":{"type":"Runes"}}'),
      /of a kind that is not known/,
    ],
    [
      'with a model that is none',
      (dir) => writeFile(path.join(dir, 'model.onnx'), 'nothing'),
      /cannot be loaded/,
    ],
    [
      'with a setting nobody knows',
      (dir) => writeFile(path.join(dir, 'cuecard.json'), '{"poling":"cls"}'),
      /cuecard\.json: .*poling/s,
    ],
  ];
  it.each(problems)('%s is refused by name', async (_, spoil, reason) => {
    const dir = await folder('plain');
    await spoil(dir);
    const refused = openEmbedderFolder(dir);
    await expect(refused).rejects.toMatchObject({
      error: { code: 'EMBEDDER_FOLDER_UNUSABLE', detail: expect.stringMatching(reason) as string },
    });
    await expect(refused).rejects.toMatchObject({
      error: { detail: expect.stringContaining(dir) as string },
    });
  });
});
