import type { Page } from '@playwright/test';

import type {
  EventName,
  EventPayload,
  RouteInput,
  RouteName,
  RouteOutput,
  RouteResult,
} from '../shared/contracts/ipc/index.js';

/** Asks main from inside the window, exactly as the window's own code can. */
export function request<N extends RouteName>(
  page: Page,
  name: N,
  input: RouteInput<N>,
): Promise<RouteResult<N>> {
  return page.evaluate(([route, value]) => window.assist.request(route as never, value as never), [
    name,
    input,
  ] as const);
}

/** The answer of a request that must succeed. */
export async function ask<N extends RouteName>(
  page: Page,
  name: N,
  input: RouteInput<N>,
): Promise<RouteOutput<N>> {
  const result = await request(page, name, input);
  if (!result.ok) throw new Error(`${name}: ${result.error.code} ${result.error.detail ?? ''}`);
  return result.value;
}

/** One event of main as the window heard it. */
export type Heard<N extends EventName = EventName> = {
  [K in N]: { readonly name: K; readonly payload: EventPayload<K> };
}[N];

/** Records, from now on, every event of these names that main sends; the function returned gives them in order. */
export async function listen<N extends EventName>(
  page: Page,
  names: readonly N[],
): Promise<() => Promise<Heard<N>[]>> {
  const key = await page.evaluate((wanted) => {
    const store = window as unknown as { heard?: unknown[][] };
    const heard: unknown[] = [];
    store.heard = [...(store.heard ?? []), heard];
    for (const name of wanted) window.assist.on(name, (payload) => heard.push({ name, payload }));
    return store.heard.length - 1;
  }, names);
  return () => page.evaluate((at) => (window as unknown as { heard: unknown[][] }).heard[at] as never, key);
}
