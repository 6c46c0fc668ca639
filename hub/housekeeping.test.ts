import { afterEach, expect, it } from 'vitest';
import { z } from 'zod';

import type { Logger } from '../shared/lib/logger.js';
import { silentLogger } from '../shared/lib/logger.js';
import { askBody, questionForTests } from './approvals/approval-for-tests.js';
import { CHANNEL } from './events/announce.js';
import { startTestHub, type TestHub } from './hub-for-tests.js';
import { keepHouse } from './housekeeping.js';

const DAY_MS = 24 * 3600_000;
let hub: TestHub;
afterEach(() => hub.close());

/** Asks on a day, answered or not. @returns the id. */
async function ask(day: number, isAnswered: boolean): Promise<string> {
  hub.clock.now = new Date(Date.UTC(2026, 10, 1) + day * DAY_MS);
  const question = questionForTests();
  const { content } = askBody(question);
  await hub.request(hub.rep, 'POST', '/v1/approvals', askBody(question));
  if (isAnswered)
    await hub.request(hub.lead, 'POST', `/v1/approvals/${question.actionId}/decide`, {
      ...{ content, decision: 'approved', reason: 'Femke is a good customer.' },
    });
  return question.actionId;
}
const kept = async (): Promise<string[]> =>
  (await hub.database.rows(z.object({ id: z.string() }), 'SELECT id FROM approval')).map(({ id }) => id);

// Catches questions and answers, with what leads wrote of customers, that lie at the hub for ever, and a young one that goes with them.
it.each(['pglite', 'postgres'] as const)('drops second approvals after their days (%s)', async (store) => {
  hub = await startTestHub({ store });
  const answered = await ask(0, true);
  await ask(0, false);
  const [youngAnswer, young] = [await ask(6, true), await ask(6, false)];
  const heard: string[] = [];
  const stop = await hub.database.listen(CHANNEL, (payload) => heard.push(payload));
  const clean = async (day: number): Promise<string[]> => {
    hub.clock.now = new Date(Date.UTC(2026, 10, 1) + day * DAY_MS);
    await keepHouse(hub.hub, { approvalDays: 7, log: silentLogger });
    return (await kept()).sort();
  };
  expect(await clean(7)).toEqual([answered, youngAnswer, young].sort());
  // Catches: a lead's screen that goes on showing a question that is not there any more.
  await expect.poll(() => heard.join('')).toContain('approval_asked');
  await stop();
  // Catches: a refusal that is gone before a computer that was off fetches it, which then asks anew.
  expect(await clean(13)).toEqual([answered, youngAnswer].sort());
  expect(await clean(14)).toEqual([youngAnswer]);
});

// Catches one job that fails and takes the others along.
it('does the rest where one thing fails, and says so', async () => {
  hub = await startTestHub();
  await ask(0, true);
  hub.clock.now = new Date(Date.UTC(2027, 0, 1));
  const warned: string[] = [];
  const log: Logger = { ...silentLogger, warn: (event) => void warned.push(event) };
  const { access, approvals } = hub.hub;
  const segments = {
    collect: () => Promise.reject(new Error('bucket')),
  } as unknown as typeof hub.hub.segments;
  await keepHouse({ access, approvals, segments }, { approvalDays: 30, log });
  expect(await kept()).toEqual([]);
  expect(warned).toEqual(['segments.not_collected']);
});
