import { expect, it } from 'vitest';

import { PLACEHOLDER_ORIGIN, withFetch } from './scoped-fetch.js';

/** A package that calls the global `fetch`, with a pause before it as packages have. */
async function* asPackagesDo(path: string): AsyncGenerator<string, void> {
  await new Promise((resolve) => setTimeout(resolve, 1));
  const response = await fetch(`${PLACEHOLDER_ORIGIN}${path}`);
  yield await response.text();
}

const answering =
  (name: string, seen: string[]): typeof fetch =>
  (input) => {
    seen.push(`${name} ${input instanceof Request ? input.url : input.toString()}`);
    return Promise.resolve(new Response(name));
  };

// Catches a call that goes out through the fetch, and so into the ledger entry, of another.
it('gives each of several calls side by side its own fetch and address', async () => {
  const seen: string[] = [];
  const read = async (name: string): Promise<string> => {
    const stream = withFetch(answering(name, seen), `https://${name}.example/`, () =>
      asPackagesDo('/v1/x?a=b'),
    );
    let text = '';
    for await (const piece of stream) text += piece;
    return text;
  };
  expect(await Promise.all(['one', 'two', 'three'].map(read))).toEqual(['one', 'two', 'three']);
  expect(seen.sort()).toEqual([
    'one https://one.example/v1/x?a=b',
    'three https://three.example/v1/x?a=b',
    'two https://two.example/v1/x?a=b',
  ]);
});

// Catches a request that gets past the ledger when the scope is lost: it has no address to go to.
it('lets nothing out where the scope is lost', async () => {
  await expect(asPackagesDo('/v1/x').next()).rejects.toThrow();
  await expect(fetch(PLACEHOLDER_ORIGIN)).rejects.toThrow();
});

it('lets the scoped fetch use the real one', async () => {
  const real = globalThis.fetch;
  let inner: typeof fetch | null = null;
  const scoped: typeof fetch = () => {
    inner = globalThis.fetch;
    return fetch('data:text/plain,real');
  };
  const stream = withFetch(scoped, 'https://a.example', () => asPackagesDo('/'));
  expect((await stream.next()).value).toBe('real');
  expect(inner).toBe(real);
});
