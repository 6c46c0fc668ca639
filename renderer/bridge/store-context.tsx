import { createContext, use, type Context } from 'react';
import { useStore, type StoreApi } from 'zustand';

/** A place in the component tree where one feature's vanilla store is given to its components. */
export type StoreContext<S> = Context<StoreApi<S> | null>;

/** Makes the context of one store; `app/` provides it, `useSelected` reads it. */
export function createStoreContext<S>(): StoreContext<S> {
  return createContext<StoreApi<S> | null>(null);
}

/**
 * Reads one narrow part of a store; the component renders again only when that part changes.
 * @throws Error when the feature is used outside its provider, which is a bug of the composition.
 */
export function useSelected<S, T>(context: StoreContext<S>, selector: (state: S) => T): T {
  const store = use(context);
  if (!store) throw new Error('A store is missing above this component; app/providers.tsx gives it.');
  return useStore(store, selector);
}
