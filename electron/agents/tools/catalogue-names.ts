/** The names of the tools that are there whatever system is connected. No system may bring a tool of its own under one of them. */
export const CATALOGUE_NAMES: ReadonlySet<string> = new Set([
  ...['look_up_order', 'track_shipment', 'look_up_customer'],
  ...['refund_order', 'cancel_order', 'change_address', 'create_return_label', 'change_subscription'],
  'add_internal_note',
]);
