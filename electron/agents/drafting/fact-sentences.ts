import type { FactBook } from '../writing/fact-book.js';
import { claim, type Statement } from '../writing/statement.js';

/** What a fact sentence is for: it decides which of the facts belong into the reply. */
export type FactTopic =
  'done' | 'tracking' | 'delivered' | 'refund' | 'state' | 'subscription' | 'membership';

/** Decides by the tools of the intent and by what was found, so that it works for intents of any team. */
export function factTopics(tools: readonly string[], label: string | null, facts: FactBook): FactTopic[] {
  const topics: FactTopic[] = isDone(facts) ? ['done'] : [];
  const name = label ?? '';
  if (isDone(facts)) return topics;
  if (/refund/.test(name) && facts.value('refund.status') !== null) topics.push('refund');
  else if (tools.includes('track_shipment') && facts.value('shipment.carrier') !== null)
    topics.push('tracking');
  else if (facts.value('order.deliveredOn') !== null && !/cancel|change|invoice|charge|price/.test(name))
    topics.push('delivered');
  else if (facts.value('order.id') !== null) topics.push('state');
  if (/subscription/.test(name) && facts.value('subscription.plan') !== null) topics.push('subscription');
  const membership = facts.value('customer.membership');
  if (/membership|label/.test(name) && membership !== null && membership !== 'none')
    topics.push('membership');
  return topics;
}

/** Says the facts of a topic in plain sentences, each citing the facts in it. */
export function factSentences(topic: FactTopic, facts: FactBook): Statement[] {
  const say = (template: string, ...keys: string[]): Statement[] => {
    const values = keys.map((key) => facts.value(key));
    if (values.some((value) => value === null)) return [];
    const text = template.replace(/\$(\d)/g, (_, at: string) => values[Number(at) - 1] ?? '');
    return [claim(text, 'space', facts.cite(...keys))];
  };
  switch (topic) {
    case 'done':
      return doneSentences(say);
    case 'tracking':
      return [...trackingLead(facts, say), ...trackingDetails(facts, say)];
    case 'delivered':
      return deliveredSentence(facts, say);
    case 'refund':
      return refundSentences(facts, say);
    case 'state':
      return say(
        'Your order $1 ($2) was placed on $3 and its current status is "$4".',
        'order.id',
        'order.items',
        'order.placedOn',
        'order.status',
      );
    case 'subscription':
      return subscriptionSentences(facts, say);
    case 'membership':
      return say('You are a $1 member.', 'customer.membership');
  }
}

/** Facts only a change that was made brings. */
const DONE = [
  ...['refund.reference', 'order.cancellationReference', 'order.addressChangedOn'],
  ...['return.trackingNumber', 'subscription.changedOn'],
];

const isDone = (facts: FactBook): boolean => DONE.some((key) => facts.value(key) !== null);

/** What was done for the customer, with the number they can name; only those whose facts are all there are said. */
function doneSentences(say: Say): Statement[] {
  return [
    ...say(
      'We have refunded $1 of order $2 to your $3 on $4.',
      ...['refund.amount', 'order.id', 'refund.method', 'refund.sentOn', 'refund.reference'],
    ),
    ...say(
      'We have started the refund of $1 for order $2 to your $3 on $4.',
      ...['refund.amount', 'order.id', 'refund.method', 'refund.startedOn', 'refund.reference'],
    ),
    ...say('The refund number is $1.', 'refund.reference'),
    ...say('Your order $1 was cancelled on $2.', 'order.id', 'order.cancelledOn'),
    ...say(
      'The refund of $1 goes to your $2.',
      ...['refund.amount', 'refund.method', 'order.cancellationReference'],
    ),
    ...say('The address of your order $1 was changed on $2.', 'order.id', 'order.addressChangedOn'),
    ...say(
      'Your return of order $1 has the number $2, and its tracking number is $3.',
      ...['order.id', 'order.returnId', 'return.trackingNumber'],
    ),
    ...say(
      'Your subscription has the status "$1" since $2.',
      'subscription.status',
      'subscription.changedOn',
    ),
  ];
}

/** Days are easier to grasp than a date as long as they can be counted. */
const COUNTABLE_DAYS = 60;

function deliveredSentence(facts: FactBook, say: Say): Statement[] {
  const keys = ['order.id', 'order.items', 'order.deliveredOn'];
  const days = Number.parseInt(facts.value('order.daysSinceDelivery') ?? '', 10);
  return days > 0 && days <= COUNTABLE_DAYS
    ? say('Your order $1 ($2) was delivered on $3, $4 ago.', ...keys, 'order.daysSinceDelivery')
    : say('Your order $1 ($2) was delivered on $3.', ...keys);
}

type Say = (template: string, ...keys: string[]) => Statement[];

function trackingLead(facts: FactBook, say: Say): Statement[] {
  switch (facts.value('order.status')) {
    case 'delivered':
      return say(
        '$1 marked your order $2 as delivered on $3.',
        'shipment.carrier',
        'order.id',
        'shipment.deliveredOn',
      );
    case 'returned':
      return say('Your order $1 has the status "$2".', 'order.id', 'order.status');
    case 'out for delivery':
      return say(
        'Your order $1 is $2 with $3 under tracking number $4.',
        'order.id',
        'order.status',
        'shipment.carrier',
        'shipment.trackingNumber',
      );
    default:
      return say(
        'Your order $1 has the status "$2" and is with $3 under tracking number $4.',
        'order.id',
        'order.status',
        'shipment.carrier',
        'shipment.trackingNumber',
      );
  }
}

function trackingDetails(facts: FactBook, say: Say): Statement[] {
  return [
    ...say('The latest scan is: $1.', 'shipment.lastScan'),
    ...(facts.value('order.status') === 'delivered'
      ? []
      : [
          ...say('The estimated delivery date is $1.', 'shipment.estimatedDelivery'),
          ...say('The estimated delivery date was $1.', 'shipment.wasExpectedOn'),
        ]),
    ...say('The order travels in $1.', 'shipment.parcels'),
    ...say('The second parcel ($1) has tracking number $2.', 'shipment2.items', 'shipment2.trackingNumber'),
    ...say('The second parcel is expected on $1.', 'shipment2.estimatedDelivery'),
  ];
}

function refundSentences(facts: FactBook, say: Say): Statement[] {
  if (facts.value('refund.sentOn') !== null) {
    return say(
      'Your refund of $1 for order $2 was sent to your $3 on $4.',
      'refund.amount',
      'order.id',
      'refund.method',
      'refund.sentOn',
    );
  }
  return [
    ...say(
      'Your refund of $1 for order $2 has the status "$3" since $4.',
      'refund.amount',
      'order.id',
      'refund.status',
      'refund.since',
    ),
    ...say('The refund goes back to your $1.', 'refund.method'),
  ];
}

function subscriptionSentences(facts: FactBook, say: Say): Statement[] {
  const lead = 'Your $1 subscription ($2) has the status "$3"';
  const keys = ['subscription.plan', 'subscription.interval', 'subscription.status'];
  return facts.value('subscription.nextBillingOn') === null
    ? say(`${lead}.`, ...keys)
    : say(`${lead} and is next billed on $4.`, ...keys, 'subscription.nextBillingOn');
}
