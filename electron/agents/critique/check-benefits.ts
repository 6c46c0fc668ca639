import type { PoolUnit } from './evidence-pool.js';
import { fatal, type Finding } from './finding.js';
import type { Statement } from './statement.js';

/** What a customer may get, and the ways to say it. Words of one row speak of the same thing, and of nothing wider. */
const BENEFITS: readonly RegExp[] = [
  /\b(?:vouchers?|coupons?|gift cards?|promo(?:tion(?:al)?)? codes?|discount codes?)\b/iu,
  /\b(?:discount(?:s|ed)?|reduc(?:ed|tions?)|% off|percent off|price cut|cheaper)\b/iu,
  /\b(?:compensat\w+|apolog\w+ gift|bonus(?:es)?)\b/iu,
  /\b(?:store credit|credit note|account credit|shop credit|credits?)\b/iu,
  /\b(?:free of charge|for free|(?<!feel )free(?! to\b)(?!ly)|no (?:extra |additional )?(?:cost|charge|fee)s?|costs? (?:you )?nothing|without (?:any )?(?:cost|charge|fee)s?|on us|at our (?:cost|expense)|we (?:pay|cover))\b/iu,
  /\b(?:upgrad\w+)\b/iu,
];

/**
 * A benefit in the claim that nothing found speaks of: the dearest kind of invention, and one whose words are easily taken for near ones
 * (a voucher code for an order number). Denied benefits are none.
 */
export function checkBenefits(claim: Statement, units: readonly PoolUnit[]): Finding[] {
  if (claim.negations.length > 0) return [];
  return BENEFITS.flatMap((benefit) => {
    const said = benefit.exec(claim.text);
    if (!said || units.some(({ text, context }) => benefit.test(text) || benefit.test(context.text)))
      return [];
    const words = { start: said.index, end: said.index + said[0].length };
    return [fatal('promise', `Nothing that was found speaks of "${said[0]}".`, { words })];
  });
}
