import type { TeamStore } from './team-store.js';

/** Asks the hub as soon as `network` (the window) says that the network is back. Returns the function that ends it. */
export function retryWhenOnline(network: EventTarget, team: TeamStore): () => void {
  const retry = (): void => {
    const { status, retryNow } = team.getState();
    if (status?.kind === 'joined') void retryNow();
  };
  network.addEventListener('online', retry);
  return () => network.removeEventListener('online', retry);
}
