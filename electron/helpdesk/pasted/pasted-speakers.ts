import type { MessageAuthor } from '../../../shared/domain/conversation.js';

/** Somebody who speaks in a pasted text; `name` is empty where the text does not say who. */
export interface Speaker {
  readonly name: string;
  readonly email: string | null;
}

const CUSTOMER = /^(?:customer|client|visitor|guest|user|buyer|shopper|requester|end.?user)\b/iu;
const REP =
  /\b(?:agent|rep|representative|support|help ?desk|customer (?:service|care|support)|team|operator|staff|advisor|adviser)\b|^(?:me|us|you)$/iu;
const SYSTEM = /^(?:system|bot|chat ?bot|auto(?:matic)?[- ]?reply|assistant|notification)\b/iu;
/** Addresses nobody writes from for themselves. */
const REP_ADDRESS = /^(?:support|help|helpdesk|service|care|info|sales|team|hello|contact|orders)[@+.-]/iu;

/** Who somebody is by what they are called; null where that does not say. */
function byName({ name, email }: Speaker): MessageAuthor | null {
  if (SYSTEM.test(name)) return 'system';
  if (CUSTOMER.test(name) && !/service|care|support/iu.test(name)) return 'customer';
  if (REP.test(name) || (email !== null && REP_ADDRESS.test(email))) return 'rep';
  return null;
}

/** The same person is the same by address, else by name. */
export const keyOf = ({ name, email }: Speaker): string => email ?? name.toLowerCase();

/**
 * Says of each speaker who they are, given in the order they spoke.
 *
 * What they are called decides first. Of those it says nothing of: a text on top of a quoted mail is what the rep was sent, so it is the customer's,
 * and they answer the rep; next to a known customer the others are the team, next to a known rep the customer; else whoever spoke first is the
 * customer.
 *
 * @param answered the one whose mail stands quoted below a text that names nobody; null where there is none.
 */
export function rolesOf(
  spoken: readonly Speaker[],
  answered: Speaker | null,
): (speaker: Speaker) => MessageAuthor {
  const roles = new Map<string, MessageAuthor>();
  for (const speaker of spoken) {
    const role = byName(speaker);
    if (role !== null) roles.set(keyOf(speaker), role);
  }
  const isKnown = (role: MessageAuthor): boolean => [...roles.values()].includes(role);
  if (answered !== null) {
    roles.set('', 'customer');
    if (!roles.has(keyOf(answered))) roles.set(keyOf(answered), 'rep');
  }
  const hasCustomer = isKnown('customer') && answered === null;
  const hasRep = isKnown('rep');
  const [first] = spoken;
  return (speaker) => {
    const known = roles.get(keyOf(speaker));
    if (known !== undefined) return known;
    if (hasCustomer) return 'rep';
    if (hasRep) return 'customer';
    return first !== undefined && keyOf(first) === keyOf(speaker) ? 'customer' : 'rep';
  };
}
