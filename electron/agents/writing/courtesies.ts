import type { Intent } from '../../../shared/domain/intent.js';
import type { TeamProfile } from '../../../shared/domain/team.js';
import { fillPlaceholders } from './macro-sentences.js';
import { courtesy, type Statement } from './statement.js';

/** Names that are not a person's: what helpdesks show when they know nobody. */
const NO_NAME = /@|\d|^(?:customer|guest|visitor|unknown|anonymous|user|kunde|client)$/i;

/** First name of a customer, or null when the helpdesk knows none. `Dr Anna Berg` gives Anna. */
export function firstNameOf(name: string): string | null {
  const parts = name
    .trim()
    .split(/\s+/)
    .filter((part) => !/^(?:mr|mrs|ms|dr|prof)\.?$/i.test(part));
  const [first] = parts;
  return first === undefined || first === '' || NO_NAME.test(first) ? null : first;
}

/** The greeting in the team's voice. */
export function greeting({ voice }: TeamProfile, customerName: string): Statement {
  const firstName = firstNameOf(customerName);
  const filled = fillPlaceholders(voice.greeting, (key) => (key === 'customer.firstName' ? firstName : null));
  return courtesy(filled ?? voice.greetingUnknown, 'paragraph');
}

export function closing({ voice }: TeamProfile): Statement[] {
  return [courtesy(voice.closing, 'paragraph'), courtesy(voice.signature, 'line')].filter(
    ({ text }) => text !== '',
  );
}

/** What the customer went through, by the words in the intent's id; the first that fits is said, once per reply. */
const troubles: readonly (readonly [RegExp, string])[] = [
  [/lost|delay|not_received|late/, 'I am sorry that you are still waiting for your order.'],
  [/damag|broken/, 'I am sorry that your item did not arrive in good condition.'],
  [/wrong/, 'I am sorry that you received something other than what you ordered.'],
  [/missing/, 'I am sorry that something was missing from your parcel.'],
  [/warranty|fault|defect/, 'I am sorry that your item gives you trouble.'],
  [/payment|charge/, 'I am sorry for the trouble with your payment.'],
  [/refund/, 'I am sorry that you are still waiting for your money.'],
];

/** One apology where something went wrong for the customer; none for a plain question. */
export function apology({ label, sentiment }: Intent): Statement[] {
  const isUpset = sentiment === 'negative' || sentiment === 'angry';
  const trouble = troubles.find(([pattern]) => pattern.test(label ?? ''));
  const wentWrong = /lost|delay|not_received|damag|broken|wrong_item|missing|double_charge|warranty/.test(
    label ?? '',
  );
  if (trouble && (isUpset || wentWrong)) return [courtesy(trouble[1], 'paragraph')];
  return isUpset ? [courtesy('I am sorry for the trouble.', 'paragraph')] : [];
}
