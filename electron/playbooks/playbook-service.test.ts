import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Suggestion } from '../../shared/domain/suggestion.js';
import { ToolPolicy } from '../../shared/domain/tool-policy.js';
import { createLookUpOrder } from '../agents/tools/catalog/look-up-order.js';
import { shopWriteTools } from '../agents/tools/write-tools.js';
import { unknownIntent } from '../agents/present-suggestion.js';
import { openShopForTests, TEST_NOW } from '../shop/demo-shop-for-tests.js';
import { openDatabase } from '../storage/database.js';
import { loadTeam } from '../workspace/team-loader.js';
import { createPlaybookService } from './playbook-service.js';
import { createTickStore, tickMigrations } from './tick-store.js';

const team = loadTeam(path.join(import.meta.dirname, '../../resources/demo'), 'Harbour & Pine');
const pierre = { name: 'Pierre Lemoine', email: 'pierre.lemoine@example.com' };

let shop: ReturnType<typeof openShopForTests>;
let folder: string;
beforeEach(() => {
  shop = openShopForTests();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cuecard-playbooks-'));
});
afterEach(() => {
  shop.close();
  fs.rmSync(folder, { recursive: true });
});

function openTicks() {
  const scope = { scope: 'playbooks', statements: tickMigrations };
  const database = openDatabase(path.join(folder, 'desk.db'), [scope]);
  return { database, ticks: createTickStore(database, () => TEST_NOW) };
}

/** The card of a conversation about one order, with what the shop really says of it. */
async function cardAbout(orderId: string): Promise<Suggestion> {
  const tool = createLookUpOrder(shop.backend, shop.print, shop.products);
  const { signal } = new AbortController();
  const found = await tool.run({ input: { orderId }, customer: pierre, signal });
  return {
    ...{ runId: 'r', conversationId: 'c', messageId: 'm', createdAt: TEST_NOW.toISOString() },
    ...{ variant: 'standard', strategy: 'local', modelUse: [], promptVersions: {} },
    intent: { ...unknownIntent(''), name: 'Return an item', label: 'return_item' },
    ...{ evidence: [], similarCases: [], proposals: [], warnings: [], degradations: [], timings: [] },
    ...{ totalMs: 1, outcome: 'withheld', reason: 'no_evidence', message: '', question: null },
    toolCalls: [
      {
        ...{ id: 'T1', tool: 'look_up_order', title: '', risk: 'read', input: { orderId } },
        ...{ status: 'succeeded', detail: '', durationMs: 1 },
        facts: found.status === 'succeeded' ? [...found.facts] : [],
      },
    ],
  };
}

function service(card: Suggestion | null, store = openTicks()) {
  const { backend, changes, profile } = shop;
  return createPlaybookService({
    ticks: store.ticks,
    latest: () => card,
    team: () => team,
    writeTools: () => shopWriteTools({ shop: backend, changes, profile, now: () => TEST_NOW }),
    helpdesk: {
      open: (id) =>
        Promise.resolve({
          ...{ id, subject: '', channel: 'email', status: 'open', updatedAt: TEST_NOW.toISOString() },
          ...{ customer: pierre, messages: [] },
        }),
    },
  });
}

describe('ticks', () => {
  // Catches: a rep who starts the app again and has to remember what was done already.
  it('are there after a restart, by conversation, and can be taken back', () => {
    const first = openTicks();
    const before = service(null, first);
    before.tick('c-1', 'return_item', 'tell', 'done');
    before.tick('c-1', 'return_item', 'late', 'not_needed');
    before.tick('c-2', 'return_item', 'tell', 'done');
    before.tick('c-1', 'return_item', 'tell', 'not_needed');
    first.database.close();
    const second = openTicks();
    const after = service(null, second);
    expect(after.ticks('c-1')).toEqual([
      { intent: 'return_item', stepId: 'late', mark: 'not_needed' },
      { intent: 'return_item', stepId: 'tell', mark: 'not_needed' },
    ]);
    expect(after.tick('c-1', 'return_item', 'tell', null)).toHaveLength(1);
    expect(after.ticks('c-2')).toHaveLength(1);
    second.database.close();
  });
});

describe('a trial', () => {
  const policy = team.policies.find(({ tool }) => tool === 'refund_order');
  const tried = async (amount: number | null, change: Partial<ToolPolicy> = {}) => {
    const outcome = await service(await cardAbout('HP-104196')).tryPolicy(
      'c',
      ToolPolicy.parse({ ...policy, ...change }),
      amount,
    );
    return outcome.kind === 'tried'
      ? [outcome.effect, ...outcome.findings.map(({ rule, effect }) => `${rule} ${effect}`)]
      : [outcome.message];
  };

  it('says what the rules of the demo say about a refund of the shop’s own order, and refunds nothing', async () => {
    expect(await tried(40)).toEqual([
      'Refund 40.00 EUR, a part of order HP-104196 (129.00 EUR), to Visa card.',
      ...['limit-lead-above passes', 'return-period passes', 'electronics-period needs_lead'],
    ]);
    expect((await tried(null))[1]).toBe('limit-lead-above needs_lead');
    expect((await tried(null, { maximum: 128.99 }))[1]).toBe('limit-maximum blocks');
    const { signal } = new AbortController();
    expect((await shop.backend.findOrder('HP-104196', signal))?.refund).toBeNull();
  });

  it('says why there is nothing to try', async () => {
    expect(await tried(500)).toEqual(['Only 129.00 EUR of order HP-104196 is left to refund.']);
    expect(await tried(1, { tool: 'send_flowers' })).toEqual([
      'No connected system has a change named “send_flowers”.',
    ]);
    expect(service(null).tryPlaybook('c', { intent: 'x', title: 'x', steps: [] })).toEqual({
      ...{ kind: 'untried', message: 'This conversation has no card yet. Open it once, then try again.' },
    });
  });

  // Catches: an order of another customer that a lead's trial would show.
  it('looks at nothing of another customer', async () => {
    const card = await cardAbout('HP-104196');
    const [call] = card.toolCalls;
    const foreign = {
      ...card,
      toolCalls: call ? [{ ...call, facts: [{ key: 'order.id', label: '', value: 'HP-104302' }] }] : [],
    };
    const outcome = await service(foreign).tryPolicy('c', ToolPolicy.parse(policy), 1);
    expect(outcome.kind).toBe('untried');
  });

  it('of a playbook shows its steps as the card would', async () => {
    const playbook = team.playbooks.find(({ intent }) => intent === 'return_item');
    const outcome = service(await cardAbout('HP-104196')).tryPlaybook('c', playbook ?? expect.fail());
    expect(
      outcome.kind === 'tried' && outcome.progress.steps.map(({ id, state }) => `${id} ${state}`),
    ).toEqual([
      ...['order done', 'period done', 'late not_needed', 'electronics open', 'label open', 'tell open'],
    ]);
  });
});
