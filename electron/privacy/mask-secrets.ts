/** A header or a parameter whose value lets its holder do something. */
const SECRET_NAME = /auth|key|token|secret|cookie|password|signature|credential/i;

/** Headers as the ledger keeps them: names in small letters, secrets as their length. */
export function maskedHeaders(headers: Headers): Record<string, string> {
  return Object.fromEntries(
    [...headers].map(([name, value]) => [name, SECRET_NAME.test(name) ? maskOf(value) : value]),
  );
}

/** Path and query of an address; parameters that may be keys are masked. */
export function maskedPath(url: URL): string {
  if (url.search === '') return url.pathname;
  const query = [...url.searchParams].map(
    ([name, value]) => `${name}=${SECRET_NAME.test(name) ? maskOf(value) : value}`,
  );
  return `${url.pathname}?${query.join('&')}`;
}

const maskOf = (value: string): string => `(hidden, ${String(value.length)} characters)`;
