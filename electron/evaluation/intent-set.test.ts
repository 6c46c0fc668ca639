import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { readIntentSet } from './intent-set.js';

describe('A set of texts and intents', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'cuecard-intents-'));
  });
  afterEach(() => rm(dir, { recursive: true }));

  const read = async (content: string, key = ''): Promise<unknown> => {
    await writeFile(path.join(dir, 'set'), content);
    return readIntentSet(path.join(dir, `set${key}`));
  };
  const rows = [
    { text: 'Where is it, please?', label: 'order_status' },
    { text: 'Stop it', label: 'cancel' },
  ];

  it.each([
    ['CSV with names', '\uFEFFcategory,text\norder_status,"Where is it, please?"\ncancel,Stop it\n', ''],
    ['CSV without names', '"Where is it, please?",order_status\nStop it,cancel\n', ''],
    ['TSV', 'sentence\tlabel\nWhere is it, please?\torder_status\nStop it\tcancel\n', ''],
    ['pairs', '[["Where is it, please?","order_status"],["Stop it","cancel"]]', ''],
    [
      'objects by line',
      '{"query":"Where is it, please?","intent":"order_status"}\n{"text":"Stop it","label":"cancel"}',
      '',
    ],
    [
      'named lists',
      '{"train":[["Where is it, please?","order_status"]],"val":[["Stop it","cancel"]]}',
      '#train+val',
    ],
  ])('is read from %s', async (_, content, key) => {
    expect(await read(content, key)).toEqual(rows);
  });

  it.each([
    ['nothing', '', '', /no rows/],
    ['a row without a label', '[["Where is it?"]]', '', /row 1/],
    ['a header that names nothing', 'a,b,c\n1,2,3\n', '', /names no text/],
    ['a list that is not there', '{"train":[]}', '#test', /no list "test"/],
    ['broken JSON', '[["a"', '', /JSON/],
  ])('says what is wrong with %s', async (_, content, key, reason) => {
    await expect(read(content, key)).rejects.toMatchObject({
      error: { code: 'EVALUATION_DATA_INVALID', detail: expect.stringMatching(reason) as string },
    });
  });

  it('names a file that is not there', async () => {
    await expect(readIntentSet(path.join(dir, 'nothing.csv'))).rejects.toMatchObject({
      error: { code: 'EVALUATION_DATA_NOT_FOUND' },
    });
  });
});
