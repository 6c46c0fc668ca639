import { expect, it } from 'vitest';

import type { Decision, OutboxStatus } from '../../../shared/domain/feedback-delivery.js';
import { appError } from '../../../shared/errors/app-error.js';
import { err, ok } from '../../../shared/lib/result.js';
import { createScriptedBridge } from '../../bridge/scripted-bridge.js';
import { createFeedbackStore } from './feedback-store.js';

const resting: OutboxStatus = { waiting: 0, refused: 0, activity: { kind: 'resting' } };
const at = '2026-11-23T10:00:00.000Z';

function decision(sequence: number, delivery: Decision['delivery'] = { kind: 'waiting' }): Decision {
  return {
    ...{ id: `id-${String(sequence)}`, runId: 'r', conversationId: 'c', createdAt: at, decisionMs: 1 },
    ...{ intent: null, outcome: 'reply', draftText: '', action: { kind: 'copied' }, diff: [] },
    ...{ sequence, delivery, note: null },
  };
}
const delivered = (sequence: number): Decision => decision(sequence, { kind: 'delivered', at });

const items = (store: ReturnType<typeof createFeedbackStore>): readonly Decision[] => {
  const { list } = store.getState();
  return list.kind === 'ready' ? list.items : [];
};

// Catches a row that says "waiting" for good because the news came while the page was on its way.
it('prefers what main told while a page was on its way', async () => {
  const bridge = createScriptedBridge({
    'feedback.outbox': () => ok(resting),
    'feedback.list': () => {
      const page = [decision(2), decision(1)];
      bridge.emit('feedback.decisions_changed', { decisions: [delivered(1)] });
      return ok(page);
    },
  });
  const store = createFeedbackStore(bridge);
  store.getState().connect();
  await store.getState().load();
  expect(items(store)).toEqual([decision(2), delivered(1)]);
});

// Catches a list that has to be opened again to show what was decided, delivered or answered.
it('follows what main tells', async () => {
  const bridge = createScriptedBridge({
    'feedback.outbox': () => ok(resting),
    'feedback.list': () => ok([decision(1)]),
  });
  const store = createFeedbackStore(bridge);
  const stop = store.getState().connect();
  await store.getState().load();
  bridge.emit('feedback.recorded', { decision: decision(2) });
  bridge.emit('feedback.decisions_changed', { decisions: [delivered(2), delivered(7)] });
  bridge.emit('feedback.outbox_changed', { status: { ...resting, waiting: 1 } });
  expect(items(store)).toEqual([delivered(2), decision(1)]);
  expect(store.getState().outbox).toEqual({ ...resting, waiting: 1 });
  stop();
  bridge.emit('feedback.outbox_changed', { status: resting });
  expect(store.getState().outbox).toEqual({ ...resting, waiting: 1 });
});

// Catches dead letters that cannot be found among thousands, and a list that stays empty once they were sent again.
it('lists refused decisions alone, and all again once they wait', async () => {
  const refused = decision(1, { kind: 'refused', at, reason: 'too large' });
  const bridge = createScriptedBridge({
    'feedback.outbox': () => ok({ ...resting, refused: 1 }),
    'feedback.list': ({ isRefused }) => ok(isRefused === true ? [refused] : [decision(2), decision(1)]),
    'feedback.retry_refused': () => ok({ ...resting, waiting: 1 }),
  });
  const store = createFeedbackStore(bridge);
  store.getState().connect();
  await store.getState().showRefused(true);
  bridge.emit('feedback.recorded', { decision: decision(2) });
  expect(items(store)).toEqual([refused]);
  await store.getState().retryRefused();
  expect(items(store)).toEqual([decision(2), decision(1)]);
});

/** A bridge whose pages come when the test says so. */
function slowPages() {
  const asked: ((page: Decision[]) => void)[] = [];
  const bridge = createScriptedBridge({
    'feedback.outbox': () => ok(resting),
    'feedback.list': () => new Promise((resolve) => asked.push((page) => resolve(ok(page)))),
  });
  const store = createFeedbackStore(bridge);
  store.getState().connect();
  return { bridge, store, asked };
}
const page = (newest: number): Decision[] => Array.from({ length: 100 }, (_, at) => decision(newest - at));

// Catches the list of a choice that was taken back, shown because its answer came last.
it('shows what was chosen last, whichever answer comes last', async () => {
  const { store, asked } = slowPages();
  const refused = decision(1, { kind: 'refused', at, reason: 'too large' });
  const first = store.getState().showRefused(true);
  const second = store.getState().showRefused(false);
  asked[1]?.([decision(2), refused]);
  await second;
  asked[0]?.([refused]);
  await first;
  expect(items(store)).toEqual([decision(2), refused]);
});

// Catches older decisions of one list at the end of another, and a list that then grows no further.
it('adds older decisions to the list they were asked for only', async () => {
  const { store, asked } = slowPages();
  const first = store.getState().load();
  asked[0]?.(page(400));
  await first;
  const more = store.getState().loadMore();
  const second = store.getState().showRefused(true);
  asked[2]?.(page(300));
  await second;
  const moreRefused = store.getState().loadMore();
  asked[1]?.(page(200));
  asked[3]?.([decision(3)]);
  await Promise.all([more, moreRefused]);
  expect(items(store)).toEqual([...page(300), decision(3)]);
});

// Catches a decision that is not in the list because it was taken while the list was read.
it('has what was decided while the page was on its way', async () => {
  const { bridge, store, asked } = slowPages();
  const loaded = store.getState().load();
  for (const sequence of [2, 3, 4]) bridge.emit('feedback.recorded', { decision: decision(sequence) });
  bridge.emit('feedback.decisions_changed', { decisions: [delivered(3)] });
  asked[0]?.([decision(2), decision(1)]);
  await loaded;
  expect(items(store)).toEqual([decision(4), delivered(3), decision(2), decision(1)]);
});

// Catches an export that failed without a word, and one that was cancelled and looks like a failure.
it('says what became of an export', async () => {
  const answers = [err(appError('FEEDBACK_NOT_EXPORTED')), ok(null), ok({ file: '/tmp/a.jsonl', count: 3 })];
  const bridge = createScriptedBridge({ 'feedback.export_refused': () => answers.shift() ?? ok(null) });
  const store = createFeedbackStore(bridge);
  const shown = async () => {
    await store.getState().exportRefused();
    const { problem, exported } = store.getState();
    return [problem?.code ?? null, exported?.count ?? null];
  };
  expect(await shown()).toEqual(['FEEDBACK_NOT_EXPORTED', null]);
  expect(await shown()).toEqual(['FEEDBACK_NOT_EXPORTED', null]);
  expect(await shown()).toEqual([null, 3]);
});
