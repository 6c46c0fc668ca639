import { expect, it } from 'vitest';

import { appError } from '../../../shared/errors/app-error.js';
import { err, ok } from '../../../shared/lib/result.js';
import { createScriptedBridge } from '../../bridge/scripted-bridge.js';
import { createThreadSummaryStore } from './thread-summary-store.js';

const summaryOf = (conversationId: string) => ({
  ...{ summary: `About ${conversationId}.`, openQuestions: [], messageId: 'm' },
  ...{ strategy: 'local' as const, failure: null },
});

// Catches one customer's summary or note over another customer's conversation.
it('shows what belongs to the conversation that was asked for last', async () => {
  const answers: (() => void)[] = [];
  const bridge = createScriptedBridge({
    'conversation.summary': ({ conversationId }) =>
      new Promise((resolve) => answers.push(() => resolve(ok(summaryOf(conversationId))))),
    'conversation.wrap_up': () => ok({ note: 'Note of one', strategy: 'local', failure: null }),
  });
  const store = createThreadSummaryStore(bridge);
  const first = store.getState().read('c-1');
  await store.getState().writeNote();
  const second = store.getState().read('c-2');
  answers.reverse().forEach((answer) => answer());
  await Promise.all([first, second]);
  const { summary, wrapUp } = store.getState();
  expect(summary).toEqual({ kind: 'ready', value: summaryOf('c-2') });
  expect(wrapUp).toEqual({ kind: 'none' });
});

// Catches a panel that waits for ever.
it('says why there is no summary', async () => {
  const error = appError('HELPDESK_UNREACHABLE');
  const store = createThreadSummaryStore(createScriptedBridge({ 'conversation.summary': () => err(error) }));
  await store.getState().read('c-1');
  expect(store.getState().summary).toEqual({ kind: 'failed', error });
});
