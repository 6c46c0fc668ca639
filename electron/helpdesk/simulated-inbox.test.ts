import { expect, it } from 'vitest';

import { silentLogger } from '../../shared/lib/logger.js';
import { ConversationFile } from './conversation-file.js';
import { describeInbox } from './inbox.conformance.js';
import type { ConversationChange } from './inbox.js';
import { createSimulatedInbox } from './simulated-inbox.js';

const script = ConversationFile.parse({
  id: 'c-1',
  subject: 'Parcel',
  customer: { name: 'Ada', email: 'ada@example.com' },
  messages: [
    { author: 'customer', text: 'Hello' },
    { author: 'customer', text: 'Where is it?', afterMs: 20 },
  ],
});

function simulated(pace: number, scripts = [script]) {
  return createSimulatedInbox({ scripts, spacingMs: 0, pace, now: () => new Date(), log: silentLogger });
}

function heard(connector: ReturnType<typeof simulated>, count: number): Promise<ConversationChange[]> {
  const changes: ConversationChange[] = [];
  return new Promise((resolve) =>
    connector.onChanged((change) => {
      changes.push(change);
      if (changes.length === count) resolve(changes);
    }),
  );
}

describeInbox('the simulated helpdesk', async () => {
  const connector = simulated(0);
  const all = heard(connector, 2);
  await connector.start();
  await all;
  return { connector, conversationId: 'c-1' };
});

it('plays a script message by message, in order', async () => {
  const connector = simulated(1);
  const all = heard(connector, 2);
  await connector.start();
  const changes = await all;
  expect(changes.map((change) => change.message?.text)).toEqual(['Hello', 'Where is it?']);
  expect(changes.map((change) => change.summary.messageCount)).toEqual([1, 2]);
  await connector.close();
});

it('plays nothing more once closed', async () => {
  const connector = simulated(1);
  const first = heard(connector, 1);
  await connector.start();
  await first;
  await connector.close();
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect((await connector.list())[0]?.messageCount).toBe(1);
});
