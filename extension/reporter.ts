import { extensionPaths } from '../shared/contracts/browser-extension.js';
import { say } from './app-link.js';
import type { BrowserApi } from './browser-api.js';
import type { Keeper, KeptState } from './kept-state.js';

/** How old the list of places may get before the app is asked for it again, in milliseconds. */
const ORIGINS_MS = 30_000;

/** Why the tab is looked at: the rep came to it, or it went to another page. */
export type Reason = 'arrived' | 'navigated';

/**
 * Tells the app which page of a connected helpdesk is in the active tab.
 *
 * The address of any other page is compared here and goes nowhere. Of what happens while one is told, only the newest counts.
 */
export function createReporter(api: Pick<BrowserApi, 'tabs'>, keeper: Keeper, now: () => number) {
  let isLooking = false;
  let next: Reason | null = null;

  async function withFreshOrigins(state: KeptState): Promise<KeptState> {
    if (!state.pairing || now() - state.askedAt < ORIGINS_MS) return state;
    return keep(await say(state.pairing, extensionPaths.origins));
  }

  function keep(said: Awaited<ReturnType<typeof say>>): Promise<KeptState> {
    const askedAt = now();
    if (said.status === 'not_now') return keeper.write({ askedAt });
    if (said.status === 'connected') return keeper.write({ ...said, askedAt });
    return keeper.write({ status: said.status, askedAt });
  }

  async function look(reason: Reason): Promise<void> {
    const before = await keeper.read();
    if (!before.pairing || !before.isOn) return;
    const [tab] = await api.tabs.query({ active: true, lastFocusedWindow: true });
    const { pairing, origins } = await withFreshOrigins(before);
    const url = tab?.url ?? '';
    if (!pairing || tab?.incognito !== false || !origins.includes(originOf(url))) return;
    // A page that loads itself again says nothing new: the rep may have gone elsewhere in the app.
    if (reason === 'navigated' && (await keeper.lastPage()) === url) return;
    const said = await say(pairing, extensionPaths.page, { url });
    if (said.status === 'connected') await keeper.tellLastPage(url);
    await keep(said);
  }

  return async function report(reason: Reason): Promise<void> {
    next = next === 'arrived' ? next : reason;
    if (isLooking) return;
    isLooking = true;
    try {
      while (next) {
        const why: Reason = next;
        next = null;
        await look(why);
      }
    } finally {
      isLooking = false;
    }
  };
}

function originOf(url: string): string {
  try {
    const { origin, protocol } = new URL(url);
    return protocol === 'http:' || protocol === 'https:' ? origin : '';
  } catch {
    return '';
  }
}
