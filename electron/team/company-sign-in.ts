import * as client from 'openid-client';

import { AppErrorException } from '../../shared/errors/app-error.js';
import { listenForRedirect } from './loopback-redirect.js';

/** Opens an address in the system's browser. */
export type OpenBrowser = (url: string) => Promise<void>;

/** How a hub describes its company's sign-in. */
export interface CompanyProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly scope: string;
}

/** How long a person may take in the browser. */
const SIGN_IN_LIMIT_MS = 5 * 60_000;
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Authorization code with PKCE through the system's browser and a redirect to this machine (RFC 8252, RFC 7636, OpenID Connect Core 1.0).
 * The answer must carry the state, the ID token the nonce that were made here.
 * @throws AppErrorException TEAM_SIGN_IN_FAILED with what went wrong; the signal's reason when it aborts.
 */
export async function signInAtCompany(
  { issuer, clientId, scope }: CompanyProvider,
  openBrowser: OpenBrowser,
  signal: AbortSignal,
  limitMs = SIGN_IN_LIMIT_MS,
): Promise<{ readonly idToken: string; readonly nonce: string }> {
  const limit = AbortSignal.timeout(limitMs);
  const either = AbortSignal.any([signal, limit]);
  const state = client.randomState();
  const nonce = client.randomNonce();
  const verifier = client.randomPKCECodeVerifier();
  const redirect = await listenForRedirect(state, either);
  try {
    const config = await discover(issuer, clientId);
    const start = client.buildAuthorizationUrl(config, {
      ...{ redirect_uri: redirect.redirectUri, scope, state, nonce },
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    if (!isSafe(start))
      throw new AppErrorException('TEAM_SIGN_IN_FAILED', 'its sign-in page is not encrypted');
    // Nobody waits for the page any more.
    either.throwIfAborted();
    await openBrowser(start.href);
    const tokens = await client.authorizationCodeGrant(config, await redirect.answer, {
      ...{ pkceCodeVerifier: verifier, expectedNonce: nonce, expectedState: state },
      idTokenExpected: true,
    });
    return { idToken: tokens.id_token ?? '', nonce };
  } catch (cause) {
    if (signal.aborted || cause instanceof AppErrorException) throw cause;
    throw new AppErrorException('TEAM_SIGN_IN_FAILED', limit.aborted ? 'it took too long' : reasonOf(cause), {
      cause,
    });
  } finally {
    redirect.close();
  }
}

async function discover(issuer: string, clientId: string): Promise<client.Configuration> {
  const url = new URL(issuer);
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to stand out; only for a provider on this machine
  const execute = url.protocol === 'http:' && isSafe(url) ? [client.allowInsecureRequests] : [];
  return client.discovery(url, clientId, undefined, client.None(), { execute });
}

const isSafe = ({ protocol, hostname }: URL): boolean => protocol === 'https:' || LOOPBACK.includes(hostname);

/** What the provider says in its own code, never a token. */
function reasonOf(cause: unknown): string {
  if (cause instanceof client.AuthorizationResponseError) return cause.error;
  if (cause instanceof client.ResponseBodyError) return cause.error;
  return 'the provider does not answer as it should';
}
