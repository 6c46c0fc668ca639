/** How far an order has come. */
export type ShopOrderStatus =
  'placed' | 'packed' | 'shipped' | 'out_for_delivery' | 'delivered' | 'returned' | 'cancelled';

export interface ShopItem {
  readonly name: string;
  readonly quantity: number;
  /** Price of one, in the shop's currency. */
  readonly price: number;
}

export interface ShopScan {
  readonly at: Date;
  readonly text: string;
  readonly location: string;
}

/** One parcel of an order. `carrier` is null for what travels by email. */
export interface ShopShipment {
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
  readonly estimatedAt: Date | null;
  /** Oldest first. */
  readonly scans: readonly ShopScan[];
  /** Names of the items in it; empty when it carries the whole order. */
  readonly itemNames: readonly string[];
}

export interface ShopRefund {
  readonly amount: number;
  /** Ready to print: `Mastercard`. */
  readonly method: string;
  readonly status: 'requested' | 'inspecting' | 'sent';
  /** When it reached that status. */
  readonly at: Date;
}

export interface ShopOrder {
  readonly id: string;
  readonly customerId: string;
  readonly status: ShopOrderStatus;
  readonly placedAt: Date;
  readonly items: readonly ShopItem[];
  readonly total: number;
  /** Ready to print: `Mastercard`, `iDEAL`. */
  readonly paymentMethod: string;
  /** Ready to print: `standard delivery`. */
  readonly shippingMethod: string;
  readonly shipments: readonly ShopShipment[];
  readonly deliveredAt: Date | null;
  readonly returnId: string | null;
  readonly refund: ShopRefund | null;
}

export interface ShopSubscription {
  readonly id: string;
  readonly plan: string;
  readonly everyWeeks: number;
  readonly status: 'active' | 'paused' | 'payment_failed' | 'cancelled';
  readonly nextBillingAt: Date | null;
}

export interface ShopCustomer {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** Name of the paid membership, null without one. */
  readonly membership: string | null;
  /** English name of the country orders go to. */
  readonly country: string;
  readonly subscriptions: readonly ShopSubscription[];
}

/** The business system that knows orders and customers. Only looks; a write needs a port of its own. */
export interface ShopBackend {
  findOrder(orderId: string, signal: AbortSignal): Promise<ShopOrder | null>;
  /** Letter case of the address does not matter. */
  findCustomerByEmail(email: string, signal: AbortSignal): Promise<ShopCustomer | null>;
  /** Newest first, at most `limit`. */
  ordersOf(customerId: string, limit: number, signal: AbortSignal): Promise<readonly ShopOrder[]>;
}
