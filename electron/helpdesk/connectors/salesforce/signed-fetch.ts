import { deadline } from '../../../deadline.js';
import { HelpdeskFailure } from '../helpdesk-failure.js';
import { createHelpdeskHttp } from '../helpdesk-http.js';
import { AccessToken } from './answers.js';

export interface SignedFetchOptions {
  readonly baseUrl: string;
  /** The consumer key of the connected app; empty where the token itself signs in. */
  readonly clientId: string;
  /** The consumer secret, or an access token. */
  readonly token: () => string;
  readonly fetch: typeof fetch;
  readonly timeoutMs: number;
}

/** What Salesforce answers with 403 when the account's calls of the day are used up. */
const LIMIT = 'REQUEST_LIMIT_EXCEEDED';
const LIMIT_PAUSE_S = '300';

/**
 * `fetch` that signs in: with the client credentials flow (RFC 6749, 4.4; Salesforce help, OAuth 2.0 Client Credentials Flow), whose
 * access token runs out after some hours. A 401 was not done, so it is asked once more with a new one.
 */
export function createSignedFetch(options: SignedFetchOptions): typeof fetch {
  const { baseUrl, clientId, token, fetch: plain, timeoutMs } = options;
  let held: { readonly secret: string; readonly access: Promise<string> } | null = null;

  async function signIn(secret: string): Promise<string> {
    const body = new URLSearchParams({
      ...{ grant_type: 'client_credentials', client_id: clientId, client_secret: secret },
    }).toString();
    const http = createHelpdeskHttp({
      ...{ baseUrl, timeoutMs, headers: () => ({}) },
      fetch: (input, init) =>
        plain(input, {
          ...init,
          body,
          headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
        }),
    });
    const limit = deadline(timeoutMs);
    try {
      const request = { method: 'POST', isRead: true } as const;
      return (await http.json('/services/oauth2/token', AccessToken, request, limit.signal)).body
        .access_token;
    } catch (error) {
      // Wrong key or secret is a 400 of RFC 6749 here.
      if (error instanceof HelpdeskFailure && error.error.code === 'HELPDESK_REQUEST_REFUSED')
        throw new HelpdeskFailure('HELPDESK_SIGN_IN_REFUSED', error.error.detail ?? '');
      throw error;
    } finally {
      limit.clear();
    }
  }

  function access(): Promise<string> {
    const secret = token();
    if (clientId === '') return Promise.resolve(secret);
    if (held?.secret === secret) return held.access;
    const next = signIn(secret);
    held = { secret, access: next };
    next.catch(() => (held = null));
    return next;
  }

  return async (input, init) => {
    const ask = async (): Promise<Response> => {
      const headers = {
        ...(init?.headers as Record<string, string>),
        authorization: `Bearer ${await access()}`,
      };
      return plain(input, { ...init, headers });
    };
    let response = await ask();
    if (response.status === 401 && clientId !== '') {
      await response.body?.cancel();
      held = null;
      response = await ask();
    }
    if (response.status !== 403) return response;
    const said = await response.text();
    return said.includes(LIMIT)
      ? new Response(said, { status: 429, headers: { 'retry-after': LIMIT_PAUSE_S } })
      : new Response(said, { status: 403, headers: response.headers });
  };
}
