/** One change the shop can be asked for. Amounts in the shop's currency, major units. */
export type ShopChange =
  | {
      readonly kind: 'refund';
      readonly orderId: string;
      /** Null refunds all that is left. */
      readonly amount: number | null;
      readonly reason: string;
    }
  | { readonly kind: 'cancel_order'; readonly orderId: string; readonly reason: string }
  | { readonly kind: 'change_address'; readonly orderId: string; readonly address: ShopAddress }
  | { readonly kind: 'return_label'; readonly orderId: string; readonly reason: string }
  | {
      readonly kind: 'change_subscription';
      readonly subscriptionId: string;
      readonly to: 'active' | 'paused' | 'cancelled';
    };

export interface ShopAddress {
  readonly fullName: string;
  readonly street: string;
  readonly postalCode: string;
  readonly city: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
}

/** What the shop did. `proof` is the shop's own number for it; a refund names what was really paid back. */
export interface ShopChangeDone {
  readonly proof: string;
  readonly at: Date;
  /** With a refund: what was paid back. */
  readonly amount?: number;
  /** As the shop names the state now, ready to print: `settled`, `pending`, `cancelled`. */
  readonly state: string;
  /** With a return label: where it is, and its number. */
  readonly label?: { readonly url: string | null; readonly trackingNumber: string | null };
}

/** The shop said no, and nothing happened. `message` is for the rep and names no secret. */
export class ShopChangeRefused extends Error {
  override readonly name = 'ShopChangeRefused';
}

/** The business system that changes orders. Only called with the approval of a person. */
export interface ShopChanges {
  /** What this system can do. */
  readonly kinds: ReadonlySet<ShopChange['kind']>;
  /** The exact call for the rep's eyes: operation and arguments, no secret. Asks nobody. */
  describe(change: ShopChange): string;
  /**
   * Does it, once for each `key`: a second call with the key of a done change answers what the first did.
   * @throws ShopChangeRefused when the shop said no; anything else means that nobody knows whether it happened.
   */
  apply(change: ShopChange, key: string, signal: AbortSignal): Promise<ShopChangeDone>;
  /** Reads back whether the change of `key` was done; null when surely not. @throws when the shop does not answer. */
  findDone(change: ShopChange, key: string, signal: AbortSignal): Promise<ShopChangeDone | null>;
}
