import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * Gives code that calls the global `fetch`, and cannot be handed another, a `fetch` of its own for one call: Google's
 * package is such. Everything else in the process keeps the real one.
 *
 * It fails closed: such code is given {@link PLACEHOLDER_ORIGIN} as its address, a name that by RFC 2606 never resolves, and
 * only the scoped `fetch` puts the real address in its place. Should the scope ever be lost, the request ends at the name
 * service, and nothing of it leaves.
 */
const scope = new AsyncLocalStorage<typeof fetch>();

export const PLACEHOLDER_ORIGIN = 'https://chat-model.invalid';

let isInstalled = false;

function install(): void {
  if (isInstalled) return;
  isInstalled = true;
  const original = globalThis.fetch;
  globalThis.fetch = (input, init) => (scope.getStore() ?? original)(input, init);
}

/** Every step of the generator runs with `scoped` in the place of the global `fetch`, the address put right. */
export async function* withFetch<T, R>(
  scoped: typeof fetch,
  baseUrl: string,
  start: () => AsyncGenerator<T, R>,
): AsyncGenerator<T, R> {
  install();
  const readdressed: typeof fetch = (input, init) => {
    const asked = input instanceof Request ? input.url : String(input);
    const address = asked.startsWith(PLACEHOLDER_ORIGIN)
      ? baseUrl.replace(/\/+$/, '') + asked.slice(PLACEHOLDER_ORIGIN.length)
      : asked;
    // Out of the scope again: what `scoped` itself fetches with is the real one.
    return scope.exit(() => scoped(address, init));
  };
  const steps = scope.run(readdressed, start);
  try {
    for (;;) {
      const step = await scope.run(readdressed, () => steps.next());
      if (step.done === true) return step.value;
      yield step.value;
    }
  } finally {
    await scope.run(readdressed, () => steps.return(undefined as R));
  }
}
