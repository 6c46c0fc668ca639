import type { Intent } from '../../../shared/domain/intent.js';
import type { ToolCall } from '../../../shared/domain/tool-call.js';
import { quantitiesOf } from '../text/quantities.js';
import { stemSet, stemsOf } from '../text/words.js';
import { joinCompounds, productWords, type ProductWord } from './product-words.js';

/** Ways to pay as rules tell them apart. */
export type PaymentKind = 'card' | 'paypal' | 'ideal' | 'bancontact' | 'pay in 3' | 'gift card';

/** What is known of this customer and their order that decides which rule is theirs. Empty or null: not known. */
export interface CustomerTraits {
  readonly products: readonly ProductWord[];
  /** English country names. */
  readonly countries: readonly string[];
  readonly payments: readonly PaymentKind[];
  readonly isMember: boolean | null;
  /** Countries the customer asks about themselves, a part of `countries` or none. */
  readonly askedCountries: readonly string[];
  /** Stems of the full names of those goods: "Morning" and "Crate". */
  readonly nameStems: ReadonlySet<string>;
  /** Stems of the customer's newest words. */
  readonly askedStems: ReadonlySet<string>;
  /** How far the order is: 0 placed, 1 packed, 2 shipped, 3 out for delivery, 4 delivered, 5 returned. */
  readonly orderStage: number | null;
  /** Whether the day the parcel was expected on has passed. */
  readonly isLate: boolean | null;
  /** Error codes the customer wrote. */
  readonly codes: readonly string[];
  /** ISO days. */
  readonly placedOn: string | null;
  readonly deliveredOn: string | null;
  /** First words of the customer's shipping method: `standard`, `express`, `bulky`, `international`. */
  readonly shipping: string | null;
  readonly carrier: string | null;
}

const STAGES = ['placed', 'packed', 'shipped', 'out for delivery', 'delivered', 'returned'];

const PAYMENT: readonly (readonly [RegExp, PaymentKind])[] = [
  [/\bgift cards?\b|\bstore credit\b/i, 'gift card'],
  [/\bpaypal\b/i, 'paypal'],
  [/\bideal\b(?=$|[ ,.]| or)|\biDEAL\b|\bbank transfer/, 'ideal'],
  [/\bbancontact\b/i, 'bancontact'],
  [/\bpay in (?:3|three)\b|\binstalments?\b/i, 'pay in 3'],
  [/\b(?:visa|mastercard|amex|american express|credit card|debit card)\b|(?<!gift )\bcards?\b/i, 'card'],
];

export function paymentsIn(text: string): PaymentKind[] {
  return PAYMENT.filter(([pattern]) => pattern.test(text)).map(([, kind]) => kind);
}

const SHIPPING = ['standard', 'express', 'bulky', 'international'];

/** Shipping methods a text names. */
export function shippingsIn(text: string): string[] {
  return SHIPPING.filter((method) => new RegExp(`\\b${method}\\b`, 'i').test(text));
}

const regions = new Intl.DisplayNames(['en'], { type: 'region' });
const codes = [...Array(26 * 26).keys()].map((at) =>
  String.fromCharCode(65 + Math.floor(at / 26), 65 + (at % 26)),
);
/** Every country's English name with the short forms people write. */
const countryNames = new Map<string, string>(
  codes
    .map((code) => [regions.of(code) ?? code, code] as const)
    .filter(([name, code]) => name !== code)
    .map(([name]) => [name.toLowerCase(), name]),
);
countryNames.set('uk', 'United Kingdom').set('britain', 'United Kingdom').set('usa', 'United States');
for (const part of ['scotland', 'wales', 'northern ireland']) countryNames.set(part, 'United Kingdom');
countryNames.set('the us', 'United States').set('holland', 'Netherlands').set('england', 'United Kingdom');
const COUNTRY = new RegExp(`\\b(?:${[...countryNames.keys()].map(escape).join('|')})\\b`, 'giu');

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

export function countriesIn(text: string): string[] {
  const found = (text.match(COUNTRY) ?? []).map((name) => countryNames.get(name.toLowerCase()) ?? name);
  return [...new Set(found)];
}

/** Puts together what is known. The customer's own words go before facts; only calls that succeeded count. */
export function customerTraits(
  intent: Intent,
  toolCalls: readonly ToolCall[],
  customerText: string,
  teamProducts: readonly string[] = [],
): CustomerTraits {
  const facts = new Map(
    toolCalls.flatMap((call) => call.facts.map(({ key, value }) => [key, value] as const)),
  );
  const said = `${customerText}\n${intent.query}`;
  const items = facts.get('order.items') ?? '';
  const saidProducts = productWords(said);
  const itemProducts = productWords(items);
  // With several items in the order, the one the customer writes about is meant.
  const meant = itemProducts.filter((item) => saidProducts.some(({ word }) => word === item.word));
  const stage = STAGES.indexOf(facts.get('order.status') ?? '');
  const membership = facts.get('customer.membership');
  const saidPayments = paymentsIn(customerText);
  const saidCountries = countriesIn(customerText);
  const known = [facts.get('order.country'), facts.get('customer.country')].filter(
    (name) => name !== undefined,
  );
  const products = meant.length > 0 ? [...meant, ...saidProducts] : [...saidProducts, ...itemProducts];
  const fullNames = teamProducts.filter((name) =>
    productWords(name).some(({ word }) => products.some((product) => product.word === word)),
  );
  return {
    products,
    nameStems: new Set(fullNames.flatMap((name) => stemsOf(name))),
    countries: saidCountries.length > 0 ? saidCountries : [...new Set(known)],
    askedCountries: saidCountries,
    askedStems: stemSet(joinCompounds(customerText)),
    payments: saidPayments.length > 0 ? saidPayments : paymentsIn(facts.get('order.paymentMethod') ?? ''),
    isMember: membership === undefined ? null : membership !== 'none',
    orderStage: stage < 0 ? null : stage,
    isLate: facts.has('shipment.wasExpectedOn')
      ? true
      : facts.has('shipment.estimatedDelivery')
        ? false
        : null,
    codes: intent.entities.filter(({ kind }) => kind === 'error_code').map(({ value }) => value),
    placedOn: dayOf(facts.get('order.placedOn')),
    deliveredOn: dayOf(facts.get('order.deliveredOn')),
    shipping: shippingsIn(customerText)[0] ?? facts.get('order.shippingMethod')?.split(' ')[0] ?? null,
    carrier: facts.get('shipment.carrier') ?? null,
  };
}

function dayOf(value: string | undefined): string | null {
  return quantitiesOf(value ?? '').find(({ kind }) => kind === 'date')?.value ?? null;
}
