import type { ArticleUnit } from '../text/article-units.js';
import { quantitiesOf } from '../text/quantities.js';
import { stemSet, stemsOf, wordsOf } from '../text/words.js';
import { areRelated, joinCompounds, productWords } from './product-words.js';
import { countriesIn, paymentsIn, shippingsIn, type CustomerTraits } from './traits.js';

/** Whether a rule is for this customer: made for their case, open to all, or for somebody else's. */
export type Fit = 'applies' | 'open' | 'excluded';

const STAGE_WORDS = ['placed', 'packed', 'shipped', 'out for delivery', 'delivered', 'returned'];
const STAGE = `(${STAGE_WORDS.join('|')})`;
/** "before the order is packed", "until your order has the status packed", "status is still placed". */
const BEFORE = new RegExp(`\\b(?:before|until)\\b[^.,;:]{0,40}\\b${STAGE}\\b`, 'i');
const AFTER = new RegExp(`\\b(?:after|once|already|as soon as)\\b[^.,;:]{0,40}\\b${STAGE}\\b`, 'i');
const STILL = new RegExp(`\\bstill\\b[^.,;:]{0,12}\\b${STAGE}\\b`, 'i');

const CODE = /\b[A-Z]{2,5}-\d{3}\b/g;
const SEASON =
  /\b(?:from |placed |between )?(\d{1,2} \p{Lu}\p{L}+)(?: \d{4})? (?:to|until|and|-) (\d{1,2} \p{Lu}\p{L}+)/u;

/**
 * Judges one unit against what is known of the customer. One condition that is somebody else's excludes it; what is not known excludes
 * nothing. The unit's own words decide; its headings only when the unit names no condition of its kind.
 */
export function fitOf(unit: Pick<ArticleUnit, 'text' | 'headingPath'>, traits: CustomerTraits): Fit {
  const heading = unit.headingPath.at(-1) ?? '';
  const fits = [
    productFit(unit.text, heading, traits),
    countryFit(unit.text, traits),
    paymentFit(unit.text, traits),
    stageFit(unit.text, heading, traits),
    lateFit(unit.text, heading, traits),
    codeFit(unit.text, traits),
    seasonFit(unit.text, traits),
    shippingFit(unit.text, traits),
    memberFit(unit.text, traits),
    guestFit(unit.text, traits),
  ];
  if (fits.includes('excluded')) return 'excluded';
  return fits.includes('applies') ? 'applies' : 'open';
}

/** A rule that takes something away from a case it names. */
const RESTRICTS = /\b(?:cannot|can not|can't|not|never|own cost)\b/i;
/** "If you do not like it", "you do not need a fault". */
const TAKES_NOTHING = /\bif\b[^,.;]*|\b(?:do|does) not (?:need|have to)\b|\bneed not\b/gi;
/** A rule that names all the countries it is for. */
const NAMES_ALL = /\bonly\b|\bavailable (?:in|for|to)\b|\bif your\b/i;

/**
 * A special rule of this very customer: it beats the general rule and must not be left out when that is said. Their goods or country are
 * named by something that restricts, their membership changes the price, their weeks have a date of their own.
 */
export function isPersonalRule(text: string, traits: CustomerTraits): boolean {
  return (
    isRestriction(text, traits) ||
    memberFit(text, traits) === 'applies' ||
    seasonFit(text, traits) === 'applies'
  );
}

/** A personal rule that says no to what is asked: steps and periods of the general rule then do not hold. */
export function isRestriction(text: string, traits: CustomerTraits): boolean {
  const shared = sharedStems(text, traits);
  const countries = countriesIn(text);
  if (shared > 0 && isOnlyElsewhere(text, countries, traits)) return true;
  if (!RESTRICTS.test(text.replace(TAKES_NOTHING, ' '))) return false;
  const namesCountry = traits.askedCountries.some((name) => countries.includes(name));
  return (shared > 0 && namesOwnGoods(text, traits)) || (shared > 1 && namesCountry);
}

/** How many words besides goods and countries are those of the customer: to return, to exchange, to pay. */
function sharedStems(text: string, { askedStems, products, nameStems }: CustomerTraits): number {
  const names = new Set([
    ...nameStems,
    ...products.map(({ word }) => word),
    ...countriesIn(text).flatMap((name) => stemsOf(name)),
  ]);
  return [...stemSet(joinCompounds(text))].filter((stem) => askedStems.has(stem) && !names.has(stem)).length;
}

/** Names the customer's goods as they are: "a stained mattress", "a blanket that shrank" are other cases, unless they wrote so. */
function namesOwnGoods(text: string, { products, askedStems }: CustomerTraits): boolean {
  const own = products.filter(({ word }) => productWords(text).some((good) => good.word === word));
  return own.some(({ word }) => {
    const words = wordsOf(joinCompounds(text));
    const at = words.findIndex((one) => stemsOf(one)[0] === word);
    const before = words[at - 1] ?? '';
    const isOtherState = /ed$/.test(before) && !askedStems.has(stemsOf(before)[0] ?? '');
    const after = words.slice(at + 1, at + 3);
    return !isOtherState && !after.some((next) => next === 'that' || /[^e]ed$/.test(next));
  });
}

/** "Only in the Netherlands and Belgium" is the answer for somebody who asks about Sweden. */
function isOnlyElsewhere(text: string, named: readonly string[], traits: CustomerTraits): boolean {
  const { askedCountries, products, payments } = traits;
  if (named.length === 0 || askedCountries.length === 0 || !NAMES_ALL.test(text)) return false;
  const goods = productWords(text);
  if (goods.length > 0 && !areRelated(goods, products)) return false;
  const ways = paymentsIn(text);
  if (ways.length > 0 && !ways.some((way) => payments.includes(way))) return false;
  return !askedCountries.some((name) => named.includes(name));
}

/** What guests do is nothing for a customer whose order is in their account, unless they ask. */
function guestFit(text: string, { orderStage, askedStems }: CustomerTraits): Fit {
  return /\bguests?\b/i.test(text) && orderStage !== null && !askedStems.has('guest') ? 'excluded' : 'open';
}

function memberFit(text: string, { isMember }: CustomerTraits): Fit {
  const isFor = /\bmembers?\b|\bwith (?:\p{Lu}\p{L}+ )+membership\b/iu.test(text);
  return isFor && isMember === true ? 'applies' : 'open';
}

function productFit(text: string, heading: string, { products }: CustomerTraits): Fit {
  const named = productWords(text);
  if (named.length === 0 || products.length === 0) {
    const above = productWords(heading);
    return above.length > 0 && products.length > 0 && !areRelated(above, products) ? 'excluded' : 'open';
  }
  return areRelated(named, products) ? 'applies' : 'excluded';
}

function countryFit(text: string, traits: CustomerTraits): Fit {
  const { countries } = traits;
  const named = countriesIn(text);
  if (isOnlyElsewhere(text, named, traits)) return 'applies';
  if (named.length === 0 || countries.length === 0) return 'open';
  return named.some((name) => countries.includes(name)) ? 'applies' : 'excluded';
}

const MONEY = /\b(?:pay|pays|paid|payment|refund|refunds|refunded|charge|charged|instalments?|money)\b/i;

function paymentFit(text: string, { payments }: CustomerTraits): Fit {
  const named = paymentsIn(text);
  // A gift card may be goods, a card may be a greeting: only where money moves is it a way to pay.
  if (named.length === 0 || payments.length === 0 || !MONEY.test(text)) return 'open';
  return named.some((name) => payments.includes(name)) ? 'applies' : 'excluded';
}

/** A rule for orders that have come this far, by its own words or by the heading of its section. */
export function stageFit(
  text: string,
  heading: string,
  { orderStage }: Pick<CustomerTraits, 'orderStage'>,
): Fit {
  if (orderStage === null) return 'open';
  const own = stageCondition(text, orderStage);
  return own === 'open' ? stageCondition(heading, orderStage) : own;
}

function stageCondition(text: string, orderStage: number): Fit {
  const stageIn = (pattern: RegExp): number =>
    STAGE_WORDS.indexOf(pattern.exec(text)?.[1]?.toLowerCase() ?? '');
  const before = stageIn(BEFORE);
  if (before > 0) return orderStage < before ? 'applies' : 'excluded';
  const still = stageIn(STILL);
  if (still >= 0) return orderStage <= still ? 'applies' : 'excluded';
  const after = stageIn(AFTER);
  if (after >= 0) return orderStage >= after ? 'applies' : 'excluded';
  return 'open';
}

const LATE = /\b(?:late|overdue|delayed)\b|\bnot (?:yet )?arrived\b/i;

/** What to do about a late parcel is nothing for a customer whose parcel is on time, unless they ask. */
function lateFit(text: string, heading: string, { isLate, askedStems }: CustomerTraits): Fit {
  if (isLate === null || !(LATE.test(text) || LATE.test(heading))) return 'open';
  if (isLate) return 'applies';
  return stemsOf('late overdue delay').some((stem) => askedStems.has(stem)) ? 'open' : 'excluded';
}

/** A rule that names the very error code the customer met. */
export function namesCode(text: string, { codes }: Pick<CustomerTraits, 'codes'>): boolean {
  return codes.some((code) => text.includes(code));
}

function codeFit(text: string, { codes }: CustomerTraits): Fit {
  const named = text.match(CODE) ?? [];
  if (named.length === 0 || codes.length === 0) return 'open';
  return named.some((code) => codes.includes(code)) ? 'applies' : 'excluded';
}

/** A rule for orders of certain weeks: "orders placed 1 November to 24 December". */
export function seasonFit(text: string, { placedOn }: Pick<CustomerTraits, 'placedOn'>): Fit {
  const match = SEASON.exec(text);
  if (!match || placedOn === null) return 'open';
  const [from, to] = [match[1], match[2]].map((day) => quantitiesOf(day ?? '')[0]?.value.slice(2));
  const day = placedOn.slice(5);
  if (!from || !to) return 'open';
  const isInside = from <= to ? day >= from && day <= to : day >= from || day <= to;
  return isInside ? 'applies' : 'excluded';
}

function shippingFit(text: string, { shipping }: CustomerTraits): Fit {
  const named = shippingsIn(text);
  if (named.length === 0 || shipping === null) return 'open';
  return named.includes(shipping) ? 'applies' : 'excluded';
}
