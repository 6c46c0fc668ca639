import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';

import { silentLogger } from '../../shared/lib/logger.js';
import type { HubServices } from '../hub-services.js';
import { FeedbackNews } from './feedback-news.js';

/** Announcements that end when the test says so. */
function startNews() {
  const told: { workspaceId: string; end: (error?: Error) => void }[] = [];
  const announce: HubServices['announce'] = (_queries, workspaceId) =>
    new Promise((resolve, reject) => {
      told.push({ workspaceId, end: (error) => (error ? reject(error) : resolve()) });
    });
  const news = new FeedbackNews({ announce, log: silentLogger, database: {} as HubServices['database'] });
  const end = async (at: number, error?: Error): Promise<void> => {
    told[at]?.end(error);
    await nextTurn();
  };
  return { news, end, told: () => told.map(({ workspaceId }) => workspaceId) };
}

it('tells what came while it was telling together, and each workspace for itself', async () => {
  const { news, end, told } = startNews();
  for (const workspace of ['a', 'a', 'a', 'b']) news.tell(workspace);
  expect(told()).toEqual(['a', 'b']);
  await end(0);
  expect(told()).toEqual(['a', 'b', 'a']);
  await end(2);
  await end(1);
  expect(told()).toHaveLength(3);
  news.tell('a');
  expect(told()).toEqual(['a', 'b', 'a', 'a']);
});

it('goes on after a telling that failed', async () => {
  const { news, end, told } = startNews();
  news.tell('a');
  await end(0, new Error('no database'));
  news.tell('a');
  expect(told()).toEqual(['a', 'a']);
});
