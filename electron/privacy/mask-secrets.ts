/**
 * Headers and parameters whose values anybody may read. All others are masked: a team may name a header that carries a secret as it likes.
 */
const HARMLESS =
  /^(?:accept(?:-\w+)?|connection|content-(?:type|length|encoding)|host|user-agent|anthropic-(?:version|beta)|x-stainless-[\w-]+|x-goog-api-client|alt|beta|api-version|stream)$/iu;

/** Headers as the ledger keeps them: names in small letters, secrets as their length. */
export function maskedHeaders(headers: Headers): Record<string, string> {
  return Object.fromEntries(
    [...headers].map(([name, value]) => [name, HARMLESS.test(name) ? value : maskOf(value)]),
  );
}

/** Path and query of an address; parameters are masked unless they are harmless. */
export function maskedPath(url: URL): string {
  if (url.search === '') return url.pathname;
  const query = [...url.searchParams].map(
    ([name, value]) => `${name}=${HARMLESS.test(name) ? value : maskOf(value)}`,
  );
  return `${url.pathname}?${query.join('&')}`;
}

const maskOf = (value: string): string => `(hidden, ${String(value.length)} characters)`;
