/**
 * What the browser extension and the app say to each other over `http://127.0.0.1:PORT` (docs/connect/browser-extension.md). Every call is a POST of
 * JSON. First the app proves that it knows the token; only then it is called with `Authorization: Bearer TOKEN`, and an answer that is no error is an
 * {@link ExtensionAnswer}. No zod here: the extension carries it along.
 */
export const extensionPaths = {
  /** `{ "nonce": "…" }`, 32 random bytes in hex, without the token: answered with an {@link ExtensionProof}. */
  prove: '/v1/prove',
  /** The extension that holds the code presents itself; from now on no other is believed. */
  pair: '/v1/pair',
  /** Which pages the app wants to hear of. Sends nothing. */
  origins: '/v1/origins',
  /** `{ "url": "…" }`: the page in the active tab, of one of the origins. */
  page: '/v1/page',
} as const;

/** Whoever has the port could be another program; only the app can answer this. */
export interface ExtensionProof {
  readonly app: 'cuecard';
  /** HMAC-SHA-256 in hex of {@link proofTextOf}, with the token as key. */
  readonly proof: string;
}

/** What is proved. With the port in it, nobody on another port can have the app answer for them. */
export const proofTextOf = (port: number, nonce: string): string => `cuecard ${String(port)} ${nonce}`;

/** `http://127.0.0.1:8780`: the places where pages of connected helpdesks are. Addresses of other places stay in the browser. */
export interface ExtensionAnswer {
  readonly app: 'cuecard';
  readonly origins: readonly string[];
}

/** Where the app listens, unless another program does. */
export const DEFAULT_EXTENSION_PORT = 47_615;

export interface PairingCode {
  readonly port: number;
  /** 32 random bytes in base64url. */
  readonly token: string;
}

const CODE = /^cuecard-(\d{2,5})-([\w-]{43})$/u;

/** One string to paste: `cuecard-47615-…`. */
export const formatPairingCode = ({ port, token }: PairingCode): string => `cuecard-${port}-${token}`;

/** Back from {@link formatPairingCode}; null for anything else. */
export function readPairingCode(text: string): PairingCode | null {
  const [, digits = '', token = ''] = CODE.exec(text.trim()) ?? [];
  const port = Number(digits);
  return token !== '' && port > 0 && port < 65_536 ? { port, token } : null;
}
