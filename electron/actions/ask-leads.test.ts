import { randomUUID } from 'node:crypto';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { AppErrorException } from '../../shared/errors/app-error.js';
import { openDatabase, type Database } from '../storage/database.js';
import type { HubClient } from '../sync/hub-client.js';
import { actionMigrations } from './action-tables.js';
import { askLeads } from './ask-leads.js';
import { createQuestionStore, type QuestionStore } from './question-store.js';

let database: Database;
let questions: QuestionStore;
/** What the hub has, by id, and whether a lead answered it. */
let atHub: Map<string, 'open' | 'answered'>;
let isOlder: boolean;
beforeEach(() => {
  database = openDatabase(':memory:', [{ scope: 'actions', statements: actionMigrations }]);
  questions = createQuestionStore(database);
  atHub = new Map();
  isOlder = true;
});
afterEach(() => database.close());

/** A hub in its own words: hub/approvals, and hub/http for an address it does not know. */
const request = (name: string, { params: { id } }: { readonly params: { readonly id: string } }) => {
  const refused = (detail: string) => Promise.reject(new AppErrorException('HUB_NOT_FOUND', detail));
  if (name === 'approvals.forget' && isOlder) return refused('no such address');
  const state = atHub.get(id);
  if (!state) return refused('approval');
  if (name === 'approvals.forget' || state === 'open') atHub.delete(id);
  return Promise.resolve({});
};

/** Every customer was forgotten here. */
const look = (): Promise<void> =>
  askLeads({
    client: { request } as unknown as Pick<HubClient, 'request'>,
    questions,
    findAction: () => null,
    ...{ onStanding: () => undefined, onAnswer: () => undefined },
    signal: new AbortController().signal,
  });

// Catches: a question with a forgotten customer's values that stays with the leads, since an older hub cannot delete and is not asked to withdraw.
it('takes an open question back at a hub that cannot delete it', async () => {
  const id = randomUUID();
  questions.add(id);
  atHub.set(id, 'open');
  await look();
  expect([...atHub]).toEqual([]);
  await look();
  expect(questions.open()).toEqual([]);
});

// Catches: what a lead wrote about a forgotten customer, which stays at a hub for ever that is renewed a day later.
it('asks a hub to delete an answer until it can', async () => {
  const [answered, gone] = [randomUUID(), randomUUID()];
  for (const id of [answered, gone]) questions.add(id);
  atHub.set(answered, 'answered');
  await look();
  await look();
  expect(questions.open().map(({ actionId }) => actionId)).toEqual([answered]);
  isOlder = false;
  await look();
  expect([...atHub]).toEqual([]);
  expect(questions.open()).toEqual([]);
});
