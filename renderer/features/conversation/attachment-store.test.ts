import { expect, it } from 'vitest';

import type { UsedFile } from '../../../shared/domain/used-file.js';
import { appError } from '../../../shared/errors/app-error.js';
import { createScriptedBridge } from '../../bridge/scripted-bridge.js';
import { createAttachmentStore, keyOf } from './attachment-store.js';

const file = { messageId: 'm1', attachmentId: 'a1' };
const used: UsedFile = { ...file, name: 'invoice.pdf', pages: 2, wasCut: false };
const image = { source: 'data:image/png;base64,AA==', width: 1, height: 1 };

// Catches: a press that loads twice, an image of one conversation that is shown in the next, a problem that stays after a success.
it('does one thing at a time with a file, and forgets it with the conversation', async () => {
  let answer: (value: { ok: true; value: typeof image }) => void = () => undefined;
  const bridge = createScriptedBridge({
    'attachment.used': () => ({ ok: true, value: [] }),
    'attachment.show': () => new Promise((resolve) => (answer = resolve)),
    'attachment.save': () => ({ ok: false, error: appError('ATTACHMENT_NOT_SAVED') }),
  });
  const store = createAttachmentStore(bridge);
  await store.getState().show('c-1');
  await store.getState().save(file);
  expect(store.getState().files[keyOf(file)]).toMatchObject({
    problem: { code: 'ATTACHMENT_NOT_SAVED' },
    savedAs: null,
  });
  const first = store.getState().toggleImage(file);
  await store.getState().toggleImage(file);
  expect(bridge.asked.filter(({ name }) => name === 'attachment.show')).toEqual([
    { name: 'attachment.show', input: { conversationId: 'c-1', ...file } },
  ]);
  answer({ ok: true, value: image });
  await first;
  expect(store.getState().files[keyOf(file)]).toEqual({ work: 'none', image, problem: null, savedAs: null });
  await store.getState().toggleImage(file);
  expect(store.getState().files[keyOf(file)]?.image).toBeNull();
  const late = store.getState().toggleImage(file);
  await store.getState().show('c-2');
  answer({ ok: true, value: image });
  await late;
  expect(store.getState().files).toEqual({});
});

// Catches: the picture of a customer who was forgotten, still in the memory of the window.
it('lets go of what was forgotten, and of nothing else', async () => {
  const bridge = createScriptedBridge({
    'attachment.used': () => ({ ok: true, value: [used] }),
    'attachment.show': () => ({ ok: true, value: image }),
  });
  const store = createAttachmentStore(bridge);
  await store.getState().show('c-1');
  await store.getState().toggleImage(file);
  store.getState().forget(['c-2']);
  expect(store.getState()).toMatchObject({ used: [used], files: { [keyOf(file)]: { image } } });
  store.getState().forget(['c-2', 'c-1']);
  expect(store.getState()).toMatchObject({ conversationId: null, used: [], files: {} });
});

// Catches: a chip that lags behind main, is another conversation's, or a button that uses what is used already.
it('follows which files are used', async () => {
  const bridge = createScriptedBridge({
    'attachment.used': ({ conversationId }) => ({ ok: true, value: conversationId === 'c-1' ? [used] : [] }),
    'attachment.use': () => ({ ok: true, value: [used] }),
    'attachment.remove': () => ({ ok: true, value: [] }),
  });
  const store = createAttachmentStore(bridge);
  const stop = store.getState().connect();
  await store.getState().show('c-1');
  expect(store.getState().used).toEqual([used]);
  await store.getState().toggleUse(file);
  expect(store.getState().used).toEqual([]);
  await store.getState().toggleUse(file);
  expect(bridge.asked.map(({ name }) => name)).toEqual([
    'attachment.used',
    'attachment.remove',
    'attachment.use',
  ]);
  bridge.emit('attachment.changed', { conversationId: 'c-2', files: [] });
  expect(store.getState().used).toEqual([used]);
  bridge.emit('attachment.changed', { conversationId: 'c-1', files: [] });
  expect(store.getState().used).toEqual([]);
  stop();
});
