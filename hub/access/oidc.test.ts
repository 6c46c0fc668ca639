import type { Server } from 'node:http';
import { generateKeyPair, SignJWT } from 'jose';
import * as client from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Invite, Joined } from '../../shared/contracts/hub/access.js';
import { startTestHub, type TestHub } from '../hub-for-tests.js';
import { CLIENT_ID, REDIRECT, startProvider, walkThrough } from './provider-for-tests.js';

const SCOPE = 'openid email profile';

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
