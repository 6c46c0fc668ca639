import net from 'node:net';

import { HelpdeskFailure } from './helpdesk-failure.js';
import { createHelpdeskHttp } from './helpdesk-http.js';

export interface FileDownload {
  /** As the helpdesk gives it; a path alone lies at the helpdesk. */
  readonly url: string;
  /** The helpdesk's own address. */
  readonly baseUrl: string;
  readonly maxBytes: number;
  readonly fetch: typeof fetch;
  readonly timeoutMs: number;
}

const MOST_REDIRECTS = 3;
const HERE = new net.BlockList();
for (const [address, bits] of [
  ['0.0.0.0', 8],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
] as const)
  HERE.addSubnet(address, bits);
HERE.addSubnet('fe80::', 10, 'ipv6');
HERE.addAddress('::1', 'ipv6');
HERE.addAddress('::', 'ipv6');

/**
 * The bytes of a file a helpdesk links to: a signed address of the helpdesk or of its file store.
 *
 * It is asked for without a token, wherever it lies; redirects are followed three times. An address of this machine that is not the
 * helpdesk's own is refused, and so is one without TLS when the helpdesk has it: a message must not make Cuecard call what its writer
 * cannot reach.
 */
export async function downloadFile(
  { url, baseUrl, maxBytes, fetch, timeoutMs }: FileDownload,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const home = new URL(baseUrl);
  const first = allowed(url, home, home);
  const http = createHelpdeskHttp({
    ...{ baseUrl: first.origin, timeoutMs },
    headers: () => ({}),
    fetch: (_, init) => follow(first, home, fetch, init),
  });
  return http.bytes(first.pathname + first.search, maxBytes, signal);
}

async function follow(
  first: URL,
  home: URL,
  fetchOnce: typeof fetch,
  init: RequestInit | undefined,
): Promise<Response> {
  let url = first;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    const response = await fetchOnce(url, init);
    if ([401, 403, 404, 410].includes(response.status)) {
      await response.body?.cancel();
      throw new HelpdeskFailure('HELPDESK_CONVERSATION_NOT_FOUND', 'The file is gone or its link ran out.');
    }
    const location = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || location === null) return response;
    await response.body?.cancel();
    url = allowed(location, url, home);
  }
  throw new HelpdeskFailure('HELPDESK_ANSWER_UNREADABLE', 'The file moves from address to address.');
}

function allowed(address: string, from: URL, home: URL): URL {
  const url = URL.parse(address, from.href);
  const isAtHome = url?.hostname === home.hostname;
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && home.protocol === 'http:');
  if (url && isSafe && (isAtHome || !isHere(url.hostname))) return url;
  throw new HelpdeskFailure(
    'HELPDESK_ANSWER_UNREADABLE',
    'The file lies where Cuecard does not fetch anything.',
  );
}

function isHere(hostname: string): boolean {
  const bare = hostname.replace(/^\[|\]$/gu, '');
  const version = net.isIP(bare);
  if (version === 0) return /(?:^|\.)localhost\.?$/iu.test(bare);
  return HERE.check(bare, version === 4 ? 'ipv4' : 'ipv6');
}
