import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Annotation, END, START, StateGraph } from '@langchain/langgraph';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { silentLogger } from '../../shared/lib/logger.js';
import type { RunCheckpoints } from '../agents/run-checkpoints.js';
import { checkpointMigrations } from './checkpoint-tables.js';
import { openDatabase, type Database } from './database.js';
import { createLibsqlRunCheckpoints } from './libsql-run-checkpoints.js';

let dir: string;
let database: Database;
let checkpoints: RunCheckpoints;
beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'cuecard-runs-'));
  database = openDatabase(path.join(dir, 'runs.db'), [
    { scope: 'checkpoints', statements: checkpointMigrations },
  ]);
  checkpoints = createLibsqlRunCheckpoints(database, silentLogger);
});
afterEach(() => {
  database.close();
  fs.rmSync(dir, { recursive: true });
});

async function run(runId: string): Promise<string> {
  const state = Annotation.Root({ text: Annotation<string> });
  const graph = new StateGraph(state)
    .addNode('write', () => ({ text: `written by ${runId}` }))
    .addEdge(START, 'write')
    .addEdge('write', END)
    .compile({ checkpointer: await checkpoints.saver() });
  const { text } = await graph.invoke({}, { configurable: { thread_id: runId } });
  return text;
}

const threads = (): unknown[] =>
  database.prepare('SELECT DISTINCT thread_id FROM checkpoint').raw().all().flat();

it('keeps the newest run of each conversation only', async () => {
  for (const [runId, conversationId] of [
    ['r-1', 'c-1'],
    ['r-2', 'c-2'],
    ['r-3', 'c-1'],
  ] as const) {
    await run(runId);
    expect(checkpoints.settle(runId, conversationId)).toBe(true);
  }
  expect(threads()).toEqual(['r-2', 'r-3']);
});

it('forgets a run that was cancelled', async () => {
  await run('r-1');
  checkpoints.drop('r-1');
  expect(threads()).toEqual([]);
});

it('lets a run finish when the disk refuses, and says it was not saved', async () => {
  database.exec('DROP TABLE checkpoint');
  expect(await run('r-1')).toBe('written by r-1');
  expect(checkpoints.settle('r-1', 'c-1')).toBe(false);
});

// Catches: words of a customer in a run that was killed or failed, which no forgetting ever finds.
it('forgets a run that never ended with its conversation, and at the next start', async () => {
  checkpoints.begin('r-1', 'c-1');
  await run('r-1');
  checkpoints.begin('r-2', 'c-2');
  await run('r-2');
  checkpoints.forgetConversations(['c-1']);
  expect(threads()).toEqual(['r-2']);
  createLibsqlRunCheckpoints(database, silentLogger);
  expect(threads()).toEqual([]);
});
