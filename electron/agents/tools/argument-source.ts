/** What of a conversation fills an argument by rule; what none of it fills is left to the rep. */
export type ArgumentSource =
  | 'order_id'
  | 'amount'
  | 'customer_name'
  | 'customer_email'
  | 'subscription_id'
  | 'payment_id'
  | 'intent_name';
