import type { Team } from '../../../shared/domain/team.js';
import type { Degradation, Warning } from '../../../shared/domain/suggestion.js';
import type { ToolCall } from '../../../shared/domain/tool-call.js';
import { inTime } from '../../deadline.js';
import type { StageNode } from '../stage-runner.js';
import { needsOrder, planLookUps } from './plan-look-ups.js';
import { planProposals } from './plan-proposals.js';
import { namedOrders, planToolCalls, wantedTools } from './plan-tool-calls.js';
import type { ShopBackend, ShopCustomer, ShopOrder } from './shop-backend.js';
import { withoutMisses } from './several-systems.js';
import type { ToolCustomer } from './tool.js';
import type { ToolRegistry } from './tool-registry.js';
import type { WriteTool } from './write-tool.js';

export interface ToolsDeps {
  readonly registry: ToolRegistry;
  /** Null when no connected system knows orders: then only the team's own look-ups are made. */
  readonly shop: ShopBackend | null;
  /** The team's changes, which are proposed and never made by a run. */
  readonly writeTools: readonly WriteTool[];
  readonly team: Team;
  readonly now: () => Date;
}

/** How many of the customer's newest messages may name an order. */
const MESSAGES_READ = 10;
const ORDERS_READ = 20;
/** What is left of the stage's time is for the look-ups. */
const OWNER_LIMIT_MS = 1_400;
/** Orders the team's own look-ups are made for. */
const MAX_ORDERS = 2;
const NO_SHOP = { owner: null, ownOrders: null };

/**
 * Finds what is true of this customer's order.
 *
 * Reads `customerIntent`, `customerTurn`. Writes `toolCalls`, `proposals`, `orderQuestion`, `warnings`. Only reads from systems. Nothing of an order
 * that belongs to somebody else gets into the state: the call is refused and carries no facts.
 */
export function createToolsNode({ registry, shop, writeTools, team, now }: ToolsDeps): StageNode {
  return {
    stage: 'tools',
    async run({ customerIntent: intent, customerTurn }, { context, signal }) {
      const { doneCalls } = context;
      const done = doneCalls.map((call, at) => ({ ...call, id: `T${String(at + 1)}` }));
      if (!intent) return { update: { toolCalls: done }, payload: { stage: 'tools', toolCalls: done } };
      const { name, email = null } = context.conversation.customer;
      const customer: ToolCustomer = { name, email };
      const older = context.conversation.messages
        .slice(-3 * MESSAGES_READ)
        .filter(({ author }) => author === 'customer');
      const customerTexts = [customerTurn?.text ?? '', ...older.map(({ text }) => text).reverse()].slice(
        0,
        MESSAGES_READ,
      );
      const named = namedOrders(intent, team, customerTexts);
      const wanted = wantedTools(intent, team, named.length > 0).filter((tool) => registry.has(tool));
      if (wanted.length === 0) {
        // A change may need no look-up: a note, a change in a system of the team's own.
        const proposals = planProposals({ intent, team, writeTools, toolCalls: [], customer });
        return { update: { toolCalls: done, proposals }, payload: { stage: 'tools', toolCalls: done } };
      }
      const lookUps = wanted.flatMap((tool) => {
        const argumentsFrom = registry.argumentsFrom(tool);
        return argumentsFrom ? [{ tool, argumentsFrom }] : [];
      });
      const known = shop ? await lookUpOwner(shop, email, named.length === 0, signal) : NO_SHOP;
      const { owner, ownOrders } = known ?? { owner: null, ownOrders: null };
      const plan = planToolCalls({ intent, team, customerTexts, email, ownOrders, now: now() });
      const ofCatalogue = plan.calls.filter(({ tool }) => registry.has(tool));
      const orderIds = [...named, ...ofCatalogue.flatMap(({ input }) => input['orderId'] ?? [])];
      const calls = [
        ...ofCatalogue,
        ...planLookUps({
          ...{ lookUps, intent, team, customer },
          orderIds: [...new Set(orderIds)].slice(0, MAX_ORDERS),
        }),
      ];
      const asksOrders = shop !== null || lookUps.some((one) => needsOrder(one.argumentsFrom));
      const answers = await Promise.all(
        registry
          .forEachSystem(calls)
          .map((call, at) => registry.call(`T${String(done.length + at + 1)}`, call, customer, signal)),
      );
      const found = withoutMisses(answers);
      // What was just done goes first: it is newer than what a look-up may still say.
      const toolCalls = [...done, ...found];
      return {
        update: {
          toolCalls,
          proposals: planProposals({ intent, team, writeTools, toolCalls: found, customer }),
          orderQuestion: asksOrders ? plan.question : null,
          warnings: warningsOf(found, shop !== null && known !== null && email !== null && owner === null),
          degradations: failures(found, known === null),
        },
        payload: { stage: 'tools', toolCalls },
      };
    },
    withoutIt: () => ({ toolCalls: [], proposals: [], orderQuestion: null }),
  };
}

interface KnownOwner {
  readonly owner: ShopCustomer | null;
  /** Null when they were not asked for. */
  readonly ownOrders: readonly ShopOrder[] | null;
}

/** The customer as the shop knows them; null when the shop does not answer, which is an outage and no unknown customer. */
async function lookUpOwner(
  shop: ShopBackend,
  email: string | null,
  needsOrders: boolean,
  signal: AbortSignal,
): Promise<KnownOwner | null> {
  try {
    return await inTime(readOwner(shop, email, needsOrders, signal), OWNER_LIMIT_MS);
  } catch {
    signal.throwIfAborted();
    return null;
  }
}

async function readOwner(
  shop: ShopBackend,
  email: string | null,
  needsOrders: boolean,
  signal: AbortSignal,
): Promise<KnownOwner> {
  const owner = email === null ? null : await shop.findCustomerByEmail(email, signal);
  const ownOrders = owner && needsOrders ? await shop.ordersOf(owner.id, ORDERS_READ, signal) : null;
  return { owner, ownOrders };
}

/** Look-ups whose system did not answer. */
export function failures(calls: readonly ToolCall[], isShopDown: boolean): Degradation[] {
  const failed = calls
    .filter(({ status }) => status === 'failed')
    .map(({ title, system, isOneOfSeveral }) =>
      isOneOfSeveral && system !== undefined ? `${title}, ${system}` : title,
    );
  const what = isShopDown ? ['Look up customer', ...failed] : failed;
  return [...new Set(what)].map((title) => ({
    stage: 'tools',
    code: 'TOOL_FAILED',
    message: `${title}: the system did not answer.`,
  }));
}

/** What the rep must know of look-ups: orders of others, orders that do not exist, an unknown customer. */
export function warningsOf(calls: readonly ToolCall[], isUnknown: boolean): Warning[] {
  const warnings = calls.flatMap((call): Warning[] => {
    const orderId = call.input['orderId'];
    if (orderId === undefined) return [];
    // A look-up may be refused for other reasons; then its detail says so and names no order.
    if (call.status === 'refused' && call.detail.includes(orderId)) {
      const message = `Order ${orderId} belongs to another customer. Nothing of it is shown or used.`;
      return [{ code: 'order_of_other_customer', message }];
    }
    if (call.status === 'not_found' && call.tool === 'look_up_order') {
      return [{ code: 'order_not_found', message: `There is no order ${orderId}.` }];
    }
    return [];
  });
  const unknown: Warning = {
    code: 'unknown_customer',
    message: "The shop does not know this customer's address.",
  };
  const all = isUnknown ? [...warnings, unknown] : warnings;
  return all.filter((warning, at) => all.findIndex(({ message }) => message === warning.message) === at);
}
