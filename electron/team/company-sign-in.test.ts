import { request, type Server } from 'node:http';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { AppErrorException } from '../../shared/errors/app-error.js';
import { startTestHub, type TestHub } from '../../hub/hub-for-tests.js';
import { CLIENT_ID, startProvider, walkThrough } from '../../hub/access/provider-for-tests.js';
import { signInAtCompany, type OpenBrowser } from './company-sign-in.js';
import { listenForRedirect } from './loopback-redirect.js';

const SCOPE = 'openid email profile';
let issuer: string;
let server: Server;
let hub: TestHub;
beforeAll(async () => {
  ({ issuer, server } = await startProvider());
  hub = await startTestHub({ oidc: { issuer, clientId: CLIENT_ID, scope: SCOPE } });
});
afterAll(async () => {
  await hub.close();
  server.closeAllConnections();
  server.close();
});

/** The person in the browser: signs in, and follows the redirect, changed as a test wants it. */
const browse =
  (login: string, change: (answer: URL) => Promise<void> | void = () => undefined): OpenBrowser =>
  async (url) => {
    const redirect = new URL(url).searchParams.get('redirect_uri') ?? '';
    const answer = await walkThrough(new URL(url), login, redirect);
    await change(answer);
    await fetch(answer);
  };
const signIn = (openBrowser: OpenBrowser, { signal = new AbortController().signal, limitMs = 10_000 } = {}) =>
  signInAtCompany({ issuer, clientId: CLIENT_ID, scope: SCOPE }, openBrowser, signal, limitMs);
const failure = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (cause: unknown) =>
      cause instanceof AppErrorException ? `${cause.error.code}: ${cause.error.detail ?? ''}` : String(cause),
  );

it('brings back what the hub lets the person in with', async () => {
  await hub.request(hub.operator, 'POST', '/v1/invites', {
    role: 'rep',
    name: 'A',
    email: 'ada@company.test',
  });
  const signedIn = await signIn(browse('ada'));
  const joined = await hub.request(null, 'POST', '/v1/oidc/join', { ...signedIn, deviceName: 'laptop' });
  expect(joined.json()).toMatchObject({ member: { email: 'ada@company.test', role: 'rep' } });
});

// Catches a page that brings a code of its own to this machine (RFC 9700, 4.7).
it('takes no answer without the state it made, and goes on waiting for the one with it', async () => {
  const refused: number[] = [];
  const { idToken } = await signIn(
    browse('ben', async (answer) => {
      const forged = new URL(answer);
      forged.searchParams.set('state', 'another');
      refused.push((await fetch(forged)).status);
      refused.push((await fetch(new URL('/elsewhere', answer))).status);
      refused.push((await fetch(answer, { method: 'POST' })).status);
    }),
  );
  expect(refused).toEqual([404, 404, 404]);
  expect(idToken).not.toBe('');
});

it('fails with what the provider says where the code is another one or the person refused', async () => {
  const wrongCode = browse('chi', (answer) => answer.searchParams.set('code', 'another'));
  expect(await failure(signIn(wrongCode))).toBe('TEAM_SIGN_IN_FAILED: invalid_grant');
  const refusal = browse('dan', (answer) => {
    answer.searchParams.delete('code');
    answer.searchParams.set('error', 'access_denied');
  });
  expect(await failure(signIn(refusal))).toBe('TEAM_SIGN_IN_FAILED: access_denied');
});

it('ends when nobody comes back in time or the person gives up, and listens no more', async () => {
  let redirect = '';
  const waitFor: OpenBrowser = (url) => {
    redirect = new URL(url).searchParams.get('redirect_uri') ?? '';
    return Promise.resolve();
  };
  expect(await failure(signIn(waitFor, { limitMs: 300 }))).toBe('TEAM_SIGN_IN_FAILED: it took too long');
  await expect(fetch(redirect)).rejects.toThrow();
  const giveUp = new AbortController();
  const waiting = failure(
    signIn((url) => waitFor(url).then(() => giveUp.abort(new Error('given up'))), { signal: giveUp.signal }),
  );
  expect(await waiting).toBe('Error: given up');
  await expect(fetch(redirect)).rejects.toThrow();
});

/** The status of what a page may send here, whatever it is; `fetch` would tidy it up first. */
const statusOf = (origin: string, target: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin);
    const sent = request({ hostname, port, path: target }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    sent.on('error', reject).end();
  });

// Catches a page that ends the app with an address that is none.
it('refuses addresses that are none, and goes on waiting', async () => {
  const redirect = await listenForRedirect('state', new AbortController().signal);
  for (const target of ['//', '//?state=state', 'http://', '*'])
    expect(await statusOf(redirect.redirectUri, target)).toBe(404);
  expect(await statusOf(redirect.redirectUri, '/callback?state=state')).toBe(200);
  expect((await redirect.answer).searchParams.get('state')).toBe('state');
  redirect.close();
});

it('opens no browser for a person who gave up before, and waits for none', async () => {
  const giveUp = new AbortController();
  let opened = 0;
  const openBrowser: OpenBrowser = () => {
    opened += 1;
    return Promise.resolve();
  };
  const waiting = failure(signIn(openBrowser, { signal: giveUp.signal }));
  giveUp.abort(new Error('given up'));
  expect(await waiting).toBe('Error: given up');
  expect(opened).toBe(0);
  const late = await listenForRedirect('state', giveUp.signal);
  await expect(late.answer).rejects.toThrow('given up');
});

it('says so where there is no provider', async () => {
  const provider = { issuer: 'http://127.0.0.1:9', clientId: CLIENT_ID, scope: SCOPE };
  const work = signInAtCompany(provider, browse('eve'), new AbortController().signal);
  expect(await failure(work)).toBe('TEAM_SIGN_IN_FAILED: the provider does not answer as it should');
});
