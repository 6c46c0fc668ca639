import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { generateKeyPair, SignJWT } from 'jose';
import Provider from 'oidc-provider';
import * as client from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Invite, Joined } from '../../shared/contracts/hub/access.js';
import { startTestHub, type TestHub } from '../hub-for-tests.js';

const CLIENT_ID = 'cuecard-desktop';
const SCOPE = 'openid email profile';
/** As a native program registers it: the port of the loopback address is free (RFC 8252, 7.3). */
const REDIRECT = 'http://127.0.0.1/callback';

/** Who signs in at the provider: the login name is the account, and says whether its address was verified. */
async function startProvider(): Promise<{ issuer: string; server: Server }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const provider = new Provider(issuer, {
    clients: [CLIENT_ID, 'another-program'].map((id) => ({
      client_id: id,
      application_type: 'native' as const,
      redirect_uris: [REDIRECT],
      token_endpoint_auth_method: 'none' as const,
      grant_types: ['authorization_code'],
      response_types: ['code' as const],
    })),
    claims: { email: ['email', 'email_verified'], profile: ['name'] },
    conformIdTokenClaims: false,
    cookies: { keys: ['for tests only'] },
    ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 3600 },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({
        sub: id,
        email: `${id.replace(/^unverified-/, '')}@company.test`,
        email_verified: !id.startsWith('unverified-'),
        name: 'Ada of the Company',
      }),
    }),
  });
  const answer = provider.callback();
  server.on('request', (request, response) => void answer(request, response));
  return { issuer, server };
}

describe('company sign-in', () => {
  let hub: TestHub;
  let issuer: string;
  let server: Server;
  beforeAll(async () => {
    ({ issuer, server } = await startProvider());
    hub = await startTestHub({ oidc: { issuer, clientId: CLIENT_ID, scope: SCOPE } });
  });
  afterAll(async () => {
    await hub.close();
    server.closeAllConnections();
    server.close();
  });

  /** The whole authorization code flow with PKCE, the person's part in the browser played by plain requests. */
  const signIn = async (login: string, clientId = CLIENT_ID): Promise<{ idToken: string; nonce: string }> => {
    const config = await client.discovery(new URL(issuer), clientId, undefined, client.None(), {
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to stand out; the provider is on loopback
      execute: [client.allowInsecureRequests],
    });
    const verifier = client.randomPKCECodeVerifier();
    const nonce = client.randomNonce();
    const state = client.randomState();
    const redirect = REDIRECT.replace('127.0.0.1', '127.0.0.1:53682');
    const start = client.buildAuthorizationUrl(config, {
      redirect_uri: redirect,
      scope: SCOPE,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      nonce,
      state,
    });
    const callback = await walkThrough(start, login, redirect);
    const tokens = await client.authorizationCodeGrant(config, callback, {
      pkceCodeVerifier: verifier,
      expectedNonce: nonce,
      expectedState: state,
    });
    return { idToken: tokens.id_token ?? '', nonce };
  };
  const joinWith = async (body: { idToken: string; nonce: string }) =>
    hub.request(null, 'POST', '/v1/oidc/join', { ...body, deviceName: 'laptop' });
  const inviteByEmail = async (email: string, role = 'rep'): Promise<Invite> => {
    const answer = await hub.request(hub.operator, 'POST', '/v1/invites', { role, name: 'Ada', email });
    return answer.json<{ invite: Invite }>().invite;
  };
  const detailOf = (answer: { json(): unknown }): string => {
    const { error } = answer.json() as { error: { code: string; detail?: string } };
    return `${error.code}: ${error.detail ?? ''}`;
  };

  it('says where to sign in', async () => {
    const answer = await hub.request(null, 'GET', '/v1/oidc');
    expect(answer.json()).toEqual({ provider: { issuer, clientId: CLIENT_ID, scope: SCOPE } });
  });

  it('lets in who was invited by e-mail address, once for each sign-in', async () => {
    await inviteByEmail('Ada@company.test', 'lead');
    const signedIn = await signIn('ada');
    const joined = await joinWith(signedIn);
    expect(joined.json<Joined>().member).toMatchObject({
      role: 'lead',
      email: 'ada@company.test',
      name: 'Ada of the Company',
    });
    expect(detailOf(await joinWith(signedIn))).toContain('used before');
    const again = await joinWith(await signIn('ada'));
    expect(again.json<Joined>().member.id).toBe(joined.json<Joined>().member.id);
  });

  it('lets nobody in without an invite, nor with one for somebody else or a cancelled one', async () => {
    const { id } = await inviteByEmail('ben@company.test');
    expect(detailOf(await joinWith(await signIn('chi')))).toContain('no invite');
    await hub.request(hub.operator, 'DELETE', `/v1/invites/${id}`);
    expect(detailOf(await joinWith(await signIn('ben')))).toContain('no invite');
  });

  it('lets a member in again only while it is one', async () => {
    await inviteByEmail('dan@company.test');
    const { member } = (await joinWith(await signIn('dan'))).json<Joined>();
    await hub.request(hub.operator, 'POST', `/v1/members/${member.id}/revoke`, { wipe: false });
    expect(detailOf(await joinWith(await signIn('dan')))).toContain('no invite');
  });

  it('refuses an address that is not verified', async () => {
    await inviteByEmail('eve@company.test');
    expect(detailOf(await joinWith(await signIn('unverified-eve')))).toContain('not verified');
  });

  it('refuses another nonce, another program, a changed token and another signature', async () => {
    await inviteByEmail('fay@company.test');
    const signedIn = await signIn('fay');
    expect(detailOf(await joinWith({ ...signedIn, nonce: 'other' }))).toContain('nonce');
    expect(detailOf(await joinWith(await signIn('fay', 'another-program')))).toContain('aud');
    const [head, , signature] = signedIn.idToken.split('.');
    const claims = {
      iss: issuer,
      sub: 'fay',
      aud: CLIENT_ID,
      email: 'fay@company.test',
      email_verified: true,
    };
    const now = Math.floor(Date.now() / 1000);
    const body = Buffer.from(JSON.stringify({ ...claims, nonce: 'n', iat: now, exp: now + 600 })).toString(
      'base64url',
    );
    expect(detailOf(await joinWith({ idToken: [head, body, signature].join('.'), nonce: 'n' }))).toContain(
      'SIGNATURE',
    );
    const { privateKey } = await generateKeyPair('RS256');
    const forged = await new SignJWT({ ...claims, nonce: 'n' })
      .setProtectedHeader({ alg: 'RS256' })
      .setIssuedAt()
      .setExpirationTime('10m')
      .sign(privateKey);
    expect(detailOf(await joinWith({ idToken: forged, nonce: 'n' }))).toMatch(/HUB_OIDC_REFUSED: ERR_/);
    const unsigned = [Buffer.from('{"alg":"none"}').toString('base64url'), body, ''].join('.');
    expect(detailOf(await joinWith({ idToken: unsigned, nonce: 'n' }))).toMatch(/HUB_OIDC_REFUSED: ERR_/);
    expect((await joinWith(signedIn)).statusCode).toBe(200);
  });

  it('refuses a token that is too old', async () => {
    await inviteByEmail('gil@company.test');
    const signedIn = await signIn('gil');
    hub.clock.now = new Date(Date.now() + 12 * 60_000);
    expect(detailOf(await joinWith(signedIn))).toContain('expired');
    hub.clock.now = null;
  });
});

describe('a hub without company sign-in', () => {
  it('says so', async () => {
    const hub = await startTestHub();
    expect((await hub.request(null, 'GET', '/v1/oidc')).json()).toEqual({ provider: null });
    const answer = await hub.request(null, 'POST', '/v1/oidc/join', {
      idToken: 'x',
      nonce: 'n',
      deviceName: 'd',
    });
    expect(answer.statusCode).toBe(401);
    await hub.close();
  });
});

/** Follows redirects and sends the provider's own forms, as a browser would, up to the redirect of the program. */
async function walkThrough(start: URL, login: string, redirect: string): Promise<URL> {
  const cookies = new Map<string, string>();
  let next: { url: URL; form?: URLSearchParams } = { url: start };
  for (let step = 0; step < 20; step++) {
    const answer = await fetch(next.url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(next.form ? { method: 'POST', body: next.form } : {}),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    const location = answer.headers.get('location');
    const html = await answer.text();
    if (location?.startsWith(redirect)) return new URL(location);
    if (location) next = { url: new URL(location, next.url) };
    else {
      const action = /<form[^>]* action="([^"]+)"/.exec(html)?.[1];
      const prompt = /name="prompt" value="([^"]+)"/.exec(html)?.[1];
      if (!action || !prompt) throw new Error(`No form to go on with:\n${html.slice(0, 500)}`);
      const form = new URLSearchParams(prompt === 'login' ? { prompt, login, password: 'x' } : { prompt });
      next = { url: new URL(action, next.url), form };
    }
  }
  throw new Error('The sign-in does not end.');
}
