import type { Intent } from '../../../shared/domain/intent.js';
import type { Team } from '../../../shared/domain/team.js';
import { stemSet } from '../text/words.js';
import type { OrderQuestion } from '../order-question.js';
import type { ShopOrder } from './shop-backend.js';
import type { PlannedCall } from './tool-registry.js';

/** Tools whose argument is an order number. */
const ORDER_TOOLS = new Set(['look_up_order', 'track_shipment']);
/** Tools whose argument is the customer's own address. */
const CUSTOMER_TOOLS = new Set(['look_up_customer']);
const MAX_ORDERS = 2;
const OPEN = new Set<ShopOrder['status']>(['placed', 'packed', 'shipped', 'out_for_delivery']);
/** Without a number, an order older than this is not what the customer writes about. */
const RECENT_MS = 120 * 86_400_000;

export interface ToolPlan {
  readonly calls: readonly PlannedCall[];
  readonly question: OrderQuestion | null;
}

export interface PlanInput {
  readonly intent: Intent;
  readonly team: Team;
  /** Texts of the customer's newest messages, newest first. */
  readonly customerTexts: readonly string[];
  readonly email: string | null;
  /** The customer's own orders, newest first; null when the shop does not know the customer. */
  readonly ownOrders: readonly ShopOrder[] | null;
  readonly now: Date;
}

/**
 * The tools the intent's policy names. An intent nobody is sure of, or without a policy, looks up nothing but an order the customer
 * named: that is read-only, about their own words, and what the next human needs first.
 */
export function wantedTools(
  { label, confidence }: Intent,
  team: Team,
  namesOrder: boolean,
): readonly string[] {
  const policy = confidence === 'low' ? [] : (team.intents.find(({ id }) => id === label)?.tools ?? []);
  return policy.length > 0 || !namesOrder ? policy : [...ORDER_TOOLS];
}

/** Order numbers the customer wrote, newest message first, each once. */
export function namedOrders(intent: Intent, team: Team, customerTexts: readonly string[]): string[] {
  const fromEntities = intent.entities.filter(({ kind }) => kind === 'order_id').map(({ value }) => value);
  if (fromEntities.length > 0) return [...new Set(fromEntities)];
  const pattern = new RegExp(`(?<![\\p{L}\\d])(?:${team.profile.patterns.orderId})(?![\\p{L}\\d])`, 'giu');
  const first =
    customerTexts.map((text) => text.match(pattern) ?? []).find((found) => found.length > 0) ?? [];
  return [...new Set(first.map((id) => id.toUpperCase()))];
}

/**
 * Fills the arguments of the wanted tools by rule.
 *
 * An order the customer named goes first. Without a name it is the customer's own open order that fits their words; when several fit
 * equally well nothing is guessed and the reply asks which one.
 */
export function planToolCalls(input: PlanInput): ToolPlan {
  const { intent, team, customerTexts, email } = input;
  const named = namedOrders(intent, team, customerTexts);
  const tools = wantedTools(intent, team, named.length > 0);
  const orderTools = tools.filter((tool) => ORDER_TOOLS.has(tool));
  const others = tools.filter((tool) => CUSTOMER_TOOLS.has(tool));
  const customerCalls = email === null ? [] : others.map((tool) => ({ tool, input: { email } }));
  const forOrders = (ids: readonly string[]): PlannedCall[] =>
    ids.flatMap((orderId) => orderTools.map((tool) => ({ tool, input: { orderId } })));
  if (orderTools.length === 0) return { calls: customerCalls, question: null };
  if (named.length > 0)
    return { calls: [...forOrders(named.slice(0, MAX_ORDERS)), ...customerCalls], question: null };
  const fitting = fittingOrders(input, orderTools.includes('track_shipment'));
  if (fitting.length === 0) return { calls: customerCalls, question: { kind: 'order_number' } };
  const ids = fitting.map(({ id }) => id);
  if (ids.length > 1)
    return { calls: customerCalls, question: { kind: 'which_order', orderIds: ids.slice(0, 3) } };
  return { calls: [...forOrders(ids), ...customerCalls], question: null };
}

/** The customer's orders their words may be about: by the product they name, then what is still open, then what is recent. */
function fittingOrders(
  { ownOrders, customerTexts, now }: PlanInput,
  isTracked: boolean,
): readonly ShopOrder[] {
  const recent = (ownOrders ?? []).filter(
    ({ status, placedAt }) => status !== 'cancelled' && now.getTime() - placedAt.getTime() < RECENT_MS,
  );
  const said = stemSet(customerTexts[0] ?? '');
  const named = recent.filter(({ items }) => items.some(({ name }) => hasAny(stemSet(name), said)));
  if (named.length > 0) return preferOpen(named);
  // A question that no order word ties to a product is about a parcel only when the intent follows parcels.
  return isTracked ? preferOpen(recent) : [];
}

function preferOpen(orders: readonly ShopOrder[]): readonly ShopOrder[] {
  const open = orders.filter(({ status }) => OPEN.has(status));
  return open.length > 0 ? open : orders.slice(0, 1);
}

function hasAny(words: ReadonlySet<string>, said: ReadonlySet<string>): boolean {
  for (const word of words) if (!/\d/.test(word) && said.has(word)) return true;
  return false;
}
