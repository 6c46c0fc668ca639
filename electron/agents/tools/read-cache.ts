import type { ShopBackend } from './shop-backend.js';

/** What was read, and when the system said it, ISO 8601. */
export interface CachedRead<T> {
  readonly value: T;
  readonly readAt: string;
}

/** Answers of business systems that are still fresh enough to be taken again. In memory only. */
export interface ReadCache {
  /** The kept answer for `key`, else that of `load`, which is kept then. What `load` throws is not kept. */
  read<T>(key: unknown, load: () => Promise<T>): Promise<CachedRead<T>>;
  /** Forgets everything: something was changed, or the rep wants to know anew. */
  clear(): void;
}

/**
 * Two minutes: a rep who asks again for the same customer, or a run that follows a second message, does not ask the system again; a state that
 * changed meanwhile is at most this old, and the card says how old it is.
 */
const KEPT_MS = 120_000;
/** More than the customers of one rep in two minutes. */
const MAX_ENTRIES = 500;

export function createReadCache(now: () => Date): ReadCache {
  const entries = new Map<string, CachedRead<unknown> & { readonly until: number }>();
  let generation = 0;
  return {
    async read<T>(key: unknown, load: () => Promise<T>) {
      const name = JSON.stringify(key);
      const at = now().getTime();
      const kept = entries.get(name);
      // A clock that was set back must not keep an answer for ever.
      if (kept && at < kept.until && at >= Date.parse(kept.readAt)) return kept as CachedRead<T>;
      const asked = generation;
      const value = await load();
      const entry = { value, readAt: new Date(at).toISOString(), until: at + KEPT_MS };
      // An answer from before a change must not outlive it.
      if (asked === generation) {
        entries.delete(name);
        entries.set(name, entry);
        const [oldest] = entries.keys();
        if (entries.size > MAX_ENTRIES && oldest !== undefined) entries.delete(oldest);
      }
      return entry;
    },
    clear() {
      generation += 1;
      entries.clear();
    },
  };
}

/** A shop that is asked again only for what the cache does not know. For look-ups; a change looks at the shop itself. */
export function cachedShop(shop: ShopBackend, cache: ReadCache): ShopBackend {
  const read = async <T>(key: unknown, load: () => Promise<T>): Promise<T> =>
    (await cache.read(['shop', key], load)).value;
  return {
    findOrder: (orderId, signal) => read(['order', orderId], () => shop.findOrder(orderId, signal)),
    findCustomerByEmail: (email, signal) =>
      read(['customer', email.toLowerCase()], () => shop.findCustomerByEmail(email, signal)),
    ordersOf: (customerId, limit, signal) =>
      read(['orders', customerId, limit], () => shop.ordersOf(customerId, limit, signal)),
  };
}
