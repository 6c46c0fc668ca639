import { afterAll, beforeAll, expect, it } from 'vitest';

import type { DraftContent } from '../../shared/domain/draft-item.js';
import { startTestHub, type TestHub, type TestMember } from '../hub-for-tests.js';
import {
  answerOf,
  articleForTests,
  errorOf,
  intentForTests,
  itemForTests,
  publish,
} from '../releases/publish-for-tests.js';

let hub: TestHub;
let other: TestMember;
beforeAll(async () => {
  hub = await startTestHub();
  other = await hub.addMember(hub.id, 'lead', 'Bea');
  await publish(hub, hub.lead, {
    from: null,
    put: [articleForTests('a', 'Published'), itemForTests('intent/refund', intentForTests('refund'))],
  });
});
afterAll(() => hub.close());

const read = async (key: string) =>
  answerOf('draft.read', await hub.request(hub.lead, 'GET', `/v1/draft/item?key=${encodeURIComponent(key)}`));
const edit = (by: TestMember, key: string, expectedRevision: number, content: unknown) =>
  hub.request(by, 'PUT', '/v1/draft/item', { key, expectedRevision, content });
const changed = async (text: string): Promise<DraftContent> => {
  const { content } = await read('article/a');
  if (content?.kind !== 'article') throw new Error('No article.');
  return { ...content, article: { ...content.article, markdown: text } };
};

it('begin with what is published', async () => {
  expect(await read('article/a')).toMatchObject({
    revision: 0,
    isEdited: false,
    content: { article: { markdown: 'Published' } },
  });
  expect(await read('article/none')).toEqual({ revision: 0, isEdited: false, content: null });
});

it('never overwrite another lead: the second gets to know who was first', async () => {
  const answers = await Promise.all([
    edit(hub.lead, 'article/a', 0, await changed('By the first')),
    edit(other, 'article/a', 0, await changed('By Bea')),
  ]);
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
  const refused = answers.find(({ statusCode }) => statusCode === 409);
  expect(errorOf(refused)).toMatchObject({
    code: 'HUB_CONFLICT',
    detail: expect.stringMatching(/^revision 1 by (Test lead|Bea) </) as string,
  });
  const now = await read('article/a');
  expect(now).toMatchObject({ revision: 1, isEdited: true });
  expect((await edit(other, 'article/a', 1, await changed('By Bea, knowing'))).statusCode).toBe(200);
});

it('leave the draft exactly as far as they were published', async () => {
  const content = await changed('Published next');
  await edit(hub.lead, 'article/a', 2, content);
  await edit(hub.lead, 'intent/return', 0, intentForTests('return'));
  // Somebody edits on while the release is made of revision 3.
  await edit(other, 'article/a', 3, await changed('And on'));
  const answer = await publish(hub, hub.lead, {
    from: 1,
    put: [articleForTests('a', 'Published next'), itemForTests('intent/return', intentForTests('return'))],
    draftItems: [
      { key: 'article/a', revision: 3 },
      { key: 'intent/return', revision: 1 },
    ],
  });
  expect(answer.statusCode).toBe(200);
  const { items } = (await hub.request(hub.lead, 'GET', '/v1/draft')).json<{
    items: { key: string; revision: number }[];
  }>();
  expect(items).toMatchObject([{ key: 'article/a', revision: 4 }]);
});

it('are dropped on request, and retire what is published', async () => {
  const dropped = await hub.request(hub.lead, 'POST', '/v1/draft/discard', {
    key: 'article/a',
    expectedRevision: 4,
  });
  expect(dropped.statusCode).toBe(204);
  expect(await read('article/a')).toMatchObject({
    isEdited: false,
    content: { article: { markdown: 'Published next' } },
  });
  expect((await edit(hub.lead, 'article/a', 4, null)).json()).toMatchObject({ revision: 5, content: null });
  expect(await read('article/a')).toEqual({ revision: 5, isEdited: true, content: null });
  expect((await edit(hub.lead, 'article/none', 0, null)).statusCode).toBe(404);
});

it('refuse what reps could not use', async () => {
  const refused = async (key: string, content: unknown) => errorOf(await edit(hub.lead, key, 0, content));
  expect(await refused('intent/other', intentForTests('else'))).toMatchObject({
    code: 'HUB_INVALID_REQUEST',
  });
  expect(await refused('intent/lost', intentForTests('lost', 'no_macro'))).toMatchObject({
    detail: 'the intent names the unknown macro no_macro',
  });
  const macro = { kind: 'macro', macro: { id: 'm', title: 'M', intents: ['nobody'], text: 'Hi' } };
  expect(await refused('macro/m', macro)).toMatchObject({
    detail: 'the macro names the unknown intent nobody',
  });
  expect(await refused('intent/empty', { kind: 'intent', intent: {} })).toMatchObject({
    code: 'HUB_INVALID_REQUEST',
  });
});
