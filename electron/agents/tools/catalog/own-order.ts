import type { ShopBackend, ShopOrder } from '../shop-backend.js';
import type { ToolCustomer, ToolOutcome } from '../tool.js';

/**
 * Finds an order and shows it only to the customer it belongs to.
 *
 * The email of the conversation is what ties the two. A detail never says anything about the order itself, and not even whose it is.
 */
export async function findOwnOrder(
  shop: ShopBackend,
  orderId: string,
  customer: ToolCustomer,
  signal: AbortSignal,
): Promise<{ readonly order: ShopOrder; readonly country: string } | { readonly outcome: ToolOutcome }> {
  const order = await shop.findOrder(orderId, signal);
  if (!order) return { outcome: { status: 'not_found', detail: `There is no order ${orderId}.` } };
  const owner = customer.email === null ? null : await shop.findCustomerByEmail(customer.email, signal);
  if (owner?.id === order.customerId) return { order, country: owner.country };
  const detail = `Order ${orderId} does not belong to the customer of this conversation.`;
  return { outcome: { status: 'refused', detail } };
}
