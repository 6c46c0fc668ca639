import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { LLMock } from '@copilotkit/aimock';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { ModelSettings } from '../shared/domain/model-settings.js';
import { silentLogger } from '../shared/lib/logger.js';
import { chatMigrations } from './chat/chat-tables.js';
import { composeChat, type ComposedChat } from './compose-chat.js';
import { callForTests } from './models/chat/chat-model-for-tests.js';
import { egressLedgerForTests, guardForTests, ledgerForTests } from './privacy/privacy-for-tests.js';
import { createLedgerStore } from './privacy/ledger-store.js';
import { openDatabase, type Database } from './storage/database.js';

let server: LLMock;
let dir: string;
let desk: Database;
let ledger: ReturnType<typeof ledgerForTests>;
let composed: ComposedChat;
beforeEach(async () => {
  server = await LLMock.create({ port: 0, host: '127.0.0.1', strict: true });
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'cuecard-chat-'));
  ledger = ledgerForTests();
  desk = openDatabase(path.join(dir, 'desk.db'), [{ scope: 'chat', statements: chatMigrations }]);
  composed = open();
});
afterEach(async () => {
  composed.close();
  desk.close();
  ledger.remove();
  fs.rmSync(dir, { recursive: true, force: true });
  await server.stop();
});

const open = (): ComposedChat =>
  composeChat({
    workspace: { models: path.join(dir, 'models.json') },
    privacy: { guard: guardForTests(ledger.database()), ledger: egressLedgerForTests(ledger.database()) },
    teamModels: () => null,
    database: desk,
    createLogger: () => silentLogger,
    now: () => new Date(),
  });

function choose(limits: object = {}): void {
  const local = { needsKey: false, baseUrl: `${server.url}/v1`, protocol: 'openai' };
  const settings = ModelSettings.parse({
    isOn: true,
    connections: [{ id: 'here', name: 'Here', ...local }],
    models: [{ id: 'main', connection: 'here', model: 'gpt-5-mini' }],
    main: ['main'],
    limits,
  });
  composed.service.save(settings, {});
}

// Catches a composition in which anything private leaves, or anything leaves unseen.
it('asks the chosen model past guard and ledger, and puts private values back', async () => {
  expect(composed.chat.isReady('drafting')).toBe(false);
  choose();
  expect(composed.chat.isReady('drafting')).toBe(true);
  // The model writes back whatever placeholders it was given.
  server.on({}, ({ messages }) => ({
    content: `About ${JSON.stringify(messages.at(-1)?.content).slice(1, -1)}`,
  }));
  const text = 'Femke de Vries, femke@example.com, +31 20 794 7345, asks about HP-104233.';
  const privateValues = [{ kind: 'name', value: 'Femke de Vries' }] as const;
  let streamed = '';
  const outcome = await composed.chat.write(
    callForTests(text, { privateValues }),
    (piece) => (streamed += piece),
  );
  expect(outcome).toMatchObject({ ok: true, value: `About ${text}` });
  expect(streamed).toBe(`About ${text}`);
  const sent = JSON.stringify(server.getRequests());
  for (const value of ['Femke', 'Vries', 'femke@example.com', '794 7345'])
    expect(sent, value).not.toContain(value);
  const [entry] = createLedgerStore(ledger.database()).list({}, null, 10);
  expect(entry).toMatchObject({ kind: 'chat', task: 'drafting', runId: 'run-1' });
});

it('keeps what was used over a restart, and stops at the limit', async () => {
  choose({ dailyCalls: 2 });
  server.on({}, { content: 'Your parcel is on its way.' });
  expect(await composed.chat.write(callForTests('parcel?'))).toMatchObject({ ok: true });
  composed = open();
  expect(composed.service.view()).toMatchObject({ source: 'own', usage: { calls: 1 } });
  expect(await composed.chat.write(callForTests('parcel?'))).toMatchObject({ ok: true });
  expect(await composed.chat.write(callForTests('parcel?'))).toMatchObject({
    ok: false,
    failure: { code: 'MODEL_OVER_BUDGET' },
  });
  expect(composed.service.view().isLimitReached).toBe(true);
  expect(server.getRequests()).toHaveLength(2);
});

// Catches calls side by side that each find the limit not reached yet.
it('keeps a limit also for calls that run side by side', async () => {
  choose({ dailyCalls: 2 });
  server.on({}, { content: 'Your parcel is on its way.' });
  const outcomes = await Promise.all(
    ['one?', 'two?', 'three?', 'four?'].map((text) => composed.chat.write(callForTests(text))),
  );
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(2);
  expect(outcomes.find(({ ok }) => !ok)).toMatchObject({ failure: { code: 'MODEL_OVER_BUDGET' } });
  expect(server.getRequests()).toHaveLength(2);
});

// Catches a last call that takes more than is left.
it('makes no call that could pass the limit', async () => {
  choose({ dailyTokens: 1000 });
  server.on({}, { content: 'Your parcel is on its way.' });
  const [long, short] = await Promise.all([
    composed.chat.write(callForTests('parcel?')),
    composed.chat.write(callForTests('parcel?', { task: 'intent' })),
  ]);
  expect(long).toMatchObject({ ok: false, failure: { code: 'MODEL_OVER_BUDGET' } });
  expect(short).toMatchObject({ ok: true });
});

it('says what of the file cannot be read, and keeps it', () => {
  const file = path.join(dir, 'models.json');
  fs.writeFileSync(file, '{"isOn":');
  composed = open();
  expect(composed.service.view().problem).toMatchObject({ code: 'WORKSPACE_MODELS_UNREADABLE' });
  expect(composed.chat.isReady('drafting')).toBe(false);
  choose();
  expect(composed.service.view().problem).toBeNull();
  expect(fs.readFileSync(`${file}.unreadable`, 'utf8')).toBe('{"isOn":');
});
