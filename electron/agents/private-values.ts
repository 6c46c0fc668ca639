import type { Conversation } from '../../shared/domain/conversation.js';
import type { Entity } from '../../shared/domain/intent.js';
import type { PrivateValue } from '../models/chat-model.js';
import type { SuggestionState } from './state.js';

const kindOf: Partial<Record<Entity['kind'], PrivateValue['kind']>> = {
  email: 'email',
  phone: 'phone',
  address: 'address',
  order_id: 'order',
  return_id: 'order',
  tracking_number: 'order',
};
const ORDER_FACTS = /(?:^|\.)(?:id|orderId|trackingNumber|returnId)$/i;
const NAME_FACTS = /name$/i;

/** What is known to be private in a run: who writes, what they named, and their orders as the tools know them. Each once. */
export function privateValuesOf(
  { customer }: Conversation,
  {
    customerIntent,
    toolCalls,
    fileEntities = [],
  }: Pick<SuggestionState, 'customerIntent' | 'toolCalls'> & Partial<Pick<SuggestionState, 'fileEntities'>>,
): PrivateValue[] {
  const values: PrivateValue[] = [{ kind: 'name', value: customer.name }];
  if (customer.email !== undefined) values.push({ kind: 'email', value: customer.email });
  for (const { kind, text, value } of [...(customerIntent?.entities ?? []), ...fileEntities]) {
    const known = kindOf[kind];
    if (known) values.push({ kind: known, value: text }, { kind: known, value });
  }
  for (const { input, facts } of toolCalls) {
    for (const [key, value] of Object.entries(input)) {
      if (ORDER_FACTS.test(key)) values.push({ kind: 'order', value });
      if (key === 'email') values.push({ kind: 'email', value });
    }
    for (const { key, value } of facts) {
      if (ORDER_FACTS.test(key)) values.push({ kind: 'order', value });
      if (NAME_FACTS.test(key)) values.push({ kind: 'name', value });
    }
  }
  const seen = new Set<string>();
  return values.filter(({ kind, value }) => {
    const key = `${kind} ${value}`;
    if (value.trim() === '' || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
