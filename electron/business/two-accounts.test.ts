import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import Stripe from 'stripe';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';

import type { BusinessSystem } from '../../shared/domain/business-system.js';
import type { ToolPolicy } from '../../shared/domain/tool-policy.js';
import type { AppErrorException } from '../../shared/errors/app-error.js';
import { silentLogger } from '../../shared/lib/logger.js';
import { checkPolicies } from '../../shared/policy/check-policies.js';
import { openDeskOfActions, type DeskOfActions } from '../actions/desk-of-actions-for-tests.js';
import { unknownIntent } from '../agents/present-suggestion.js';
import { planProposals } from '../agents/tools/plan-proposals.js';
import { createReadCache } from '../agents/tools/read-cache.js';
import { withoutMisses } from '../agents/tools/several-systems.js';
import { createToolRegistry } from '../agents/tools/tool-registry.js';
import { findWriteTool } from '../agents/tools/write-tool.js';
import { createFactBook } from '../agents/writing/fact-book.js';
import { startPeer, type Peer } from '../helpdesk/connectors/peer-for-tests.js';
import { loadTeam } from '../workspace/team-loader.js';
import { createBusinessService, type BusinessService } from './business-service.js';
import { createConnectSystem } from './connect-system.js';

const Ready = z.object({ url: z.string() });
type StripePeer = Peer<z.infer<typeof Ready>>;
const KEY = 'sk_test_of_these_tests';
const { signal } = new AbortController();
const now = (): Date => new Date();
const demo = loadTeam(new URL('../../resources/demo', import.meta.url).pathname, 'demo');
const { profile } = demo;
const [first] = demo.intents;
if (!first) throw new Error('The demo has no intents.');
const team = { ...demo, intents: [{ ...first, tools: ['stripe_look_up_payment', 'stripe_refund_payment'] }] };
const intent = { ...unknownIntent(''), label: first.id, name: first.name, confidence: 'high' as const };

let peers: readonly StripePeer[] | string;
let dir: string;
let service: BusinessService;
let desk: DeskOfActions;
let policies: ToolPolicy[] = [];

beforeAll(async () => {
  const started = [await startPeer('stripe', Ready), await startPeer('stripe', Ready)];
  const missing = started.find((one) => typeof one === 'string');
  peers = missing ?? (started as StripePeer[]);
}, 60_000);
afterAll(async () => {
  if (typeof peers !== 'string') for (const peer of peers) await peer.end();
});

const system = (at: number, name: string): BusinessSystem => ({
  ...{ id: `stripe-${String(at)}`, kind: 'stripe', name, options: {} },
  baseUrl: typeof peers === 'string' ? 'http://127.0.0.1:1' : (peers[at]?.ready.url ?? ''),
});

beforeEach(async () => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'cuecard-two-accounts-'));
  policies = [];
  const keys = new Map<string, string>();
  service = createBusinessService({
    ...{ systems: [], save: () => undefined, demo: null, onChanged: () => undefined, log: silentLogger },
    secrets: {
      canStore: () => true,
      read: ({ id }) => keys.get(id) ?? null,
      placeOf: () => 'stored',
      keep: ({ id }, key) => void keys.set(id, key),
      forget: ({ id }) => void keys.delete(id),
    },
    connect: createConnectSystem({ fetch, now, toolServers: () => [] }),
    context: () => ({ profile, now }),
  });
  await service.save(system(0, 'Stripe EU'), KEY);
  await service.save(system(1, 'Stripe US'), KEY);
  desk = openDeskOfActions(path.join(dir, 'desk.db'), 'http://127.0.0.1:1', {
    toolOf: (name, systemId) => findWriteTool(service.writeTools({ profile, now }), name, systemId),
    checkPolicy: (question) => checkPolicies(policies, 'EUR', question),
  });
});
afterEach(async () => {
  desk.close();
  await service.close();
  fs.rmSync(dir, { recursive: true });
});

/** The shop's own side of one account. */
function accountOf(at: number): Stripe {
  const { port } = new URL(system(at, '').baseUrl);
  return new Stripe(KEY, { host: '127.0.0.1', port, protocol: 'http', telemetry: false });
}
async function pays(at: number, email: string, amount: number): Promise<string> {
  const customer = await accountOf(at).customers.create({ email, source: 'tok_visa' });
  return (await accountOf(at).charges.create({ amount, currency: 'eur', customer: customer.id })).id;
}
const refundsIn = async (at: number, charge: string): Promise<number | null> =>
  accountOf(at)
    .charges.retrieve(charge)
    .then(
      ({ amount_refunded }) => amount_refunded,
      () => null,
    );

/** What a run would look up, as the tools stage does. */
async function lookUps(email: string, registry = registryOf()) {
  const calls = registry.forEachSystem([{ tool: 'stripe_look_up_payment', input: { email } }]);
  const customer = { name: 'Ada', email };
  const answers = await Promise.all(
    calls.map((call, at) => registry.call(`T${String(at + 1)}`, call, customer, signal)),
  );
  return withoutMisses(answers);
}
const registryOf = () =>
  createToolRegistry(service.tools({ profile, now }), silentLogger, createReadCache(now));

async function propose(email: string) {
  const toolCalls = await lookUps(email);
  const customer = { name: 'Ada', email };
  const writeTools = service.writeTools({ profile, now });
  const calls = planProposals({ intent, team, writeTools, toolCalls, customer });
  await desk.service.propose({
    ...{ conversationId: 'c1', messageId: 'm1', customer, calls },
    found: toolCalls,
  });
  return { toolCalls, calls, action: desk.service.ofConversation('c1').at(-1) };
}

// Catches: a second account that cannot be connected, one whose answers are taken from the other, and a miss that hides what was found.
it('asks both accounts, keeps what one found, and says whose it is', async (test) => {
  if (typeof peers === 'string') return test.skip(peers);
  await pays(1, 'ada@example.com', 4900);
  const registry = registryOf();
  expect(registry.offers().map(({ name }) => name)).toEqual([
    'stripe_look_up_payment',
    'stripe_look_up_subscription',
  ]);
  for (const turn of [1, 2])
    expect(await lookUps('ada@example.com', registry), `turn ${String(turn)}`).toMatchObject([
      { system: 'Stripe US', systemId: 'stripe-1', status: 'succeeded', isOneOfSeveral: true },
    ]);
  expect(await lookUps('nobody@example.com')).toMatchObject([
    { system: 'Stripe US', status: 'not_found' },
    { system: 'Stripe EU', status: 'not_found' },
  ]);
  // The name both have, and a name two systems would share on the card.
  const refused = await service
    .save(system(0, 'stripe us'), KEY)
    .catch((error: unknown) => (error as AppErrorException).error.detail);
  expect(refused).toContain('would not tell them apart');
});

// Catches: a refund asked of the account the payment is not in, and a limit that holds for one account only.
it('a change goes where its object was found, within the limits of both', async (test) => {
  if (typeof peers === 'string') return test.skip(peers);
  const charge = await pays(1, 'ben@example.com', 3000);
  const { calls, action } = await propose('ben@example.com');
  expect(calls).toMatchObject([
    { tool: 'stripe_refund_payment', systemId: 'stripe-1', input: { paymentId: charge } },
  ]);
  expect(action).toMatchObject({ systemId: 'stripe-1', title: 'Refund payment (Stripe US)' });
  expect(action?.effect).toMatch(/^Stripe US: Refund 30\.00 EUR/u);
  policies = [
    {
      ...{ tool: 'stripe_refund_payment', approval: 'rep', leadAbove: null, maximum: 10, isEnabled: true },
      rules: [],
    },
  ];
  const again = await desk.service.edit(action?.id ?? '', { reason: 'Late' });
  expect(again.findings).toMatchObject([{ rule: 'limit-maximum', effect: 'blocks' }]);
  policies = [];
  const allowed = await desk.service.edit(again.id, { reason: 'Late' });
  expect(await desk.service.approve(allowed.id, allowed.updatedAt)).toMatchObject({ status: 'succeeded' });
  expect(await refundsIn(1, charge)).toBe(3000);
  expect(await refundsIn(0, charge)).toBeNull();
});

// Catches: one of two payments guessed, in a proposal or in words to the customer; and another account's facts in a rule.
it('guesses nothing where both accounts know the customer', async (test) => {
  if (typeof peers === 'string') return test.skip(peers);
  const [eu, us] = [await pays(0, 'chi@example.com', 1000), await pays(1, 'chi@example.com', 2000)];
  await accountOf(1).refunds.create({ charge: us, amount: 500 });
  const { toolCalls, calls } = await propose('chi@example.com');
  expect(toolCalls.map(({ system: name }) => name)).toEqual(['Stripe US', 'Stripe EU']);
  expect(calls).toEqual([]);
  expect(createFactBook(toolCalls).value('payment.amount')).toBeNull();
  policies = [
    {
      ...{ tool: 'stripe_refund_payment', approval: 'rep', leadAbove: null, maximum: null, isEnabled: true },
      rules: [
        {
          ...{ id: 'again', when: 'refund.amount > 1 EUR', effect: 'blocks', source: null },
          message: 'Was refunded already.',
        },
      ],
    },
  ];
  const propose1 = async (systemId: string, paymentId: string) => {
    await desk.service.propose({
      ...{ conversationId: 'c1', messageId: 'm1', customer: { name: 'Chi', email: 'chi@example.com' } },
      calls: [
        { tool: 'stripe_refund_payment', systemId, input: { paymentId, amount: '1.00', reason: 'Late' } },
      ],
      found: toolCalls,
    });
    return desk.service
      .ofConversation('c1')
      .at(-1)
      ?.findings.map(({ effect }) => effect);
  };
  expect(await propose1('stripe-0', eu)).toEqual(['needs_lead']);
  expect(await propose1('stripe-1', us)).toEqual(['blocks']);
});

// Catches: an approved change that is made in the other account once its own is gone, and one of unknown end told as not made.
it('is made nowhere else when its account is removed', async (test) => {
  if (typeof peers === 'string') return test.skip(peers);
  const charge = await pays(1, 'dee@example.com', 3000);
  const { action } = await propose('dee@example.com');
  if (!action) return expect.fail('nothing was proposed');
  await service.remove('stripe-1');
  // Now the only account, under the same names.
  expect(await desk.service.approve(action.id, action.updatedAt)).toMatchObject({
    status: 'failed',
    detail: 'This tool is not set up any more. Nothing was changed.',
  });
  expect(await refundsIn(1, charge)).toBe(0);
  desk.store.save({ ...action, status: 'running' }, 'asked');
  await desk.service.recover();
  expect(desk.store.find(action.id)).toMatchObject({
    status: 'unclear',
    detail: expect.stringContaining('not connected any more') as string,
  });
  expect(await desk.service.settleByHand(action.id, false)).toMatchObject({ status: 'failed' });
});
