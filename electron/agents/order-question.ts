/** What must be asked before an order can be looked up: which of several, or its number. */
export type OrderQuestion =
  { readonly kind: 'order_number' } | { readonly kind: 'which_order'; readonly orderIds: readonly string[] };
