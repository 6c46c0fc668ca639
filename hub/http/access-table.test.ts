import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Access } from '../../shared/contracts/hub/define-endpoint.js';
import { hubEndpoints, type HubEndpointName } from '../../shared/contracts/hub/index.js';
import {
  inWorkspace,
  startTestHub,
  type TestCaller,
  type TestHub,
  type TestWorkspace,
} from '../hub-for-tests.js';

const names = Object.keys(hubEndpoints) as HubEndpointName[];
const roles = ['rep', 'lead', 'operator'] as const;

let hub: TestHub;
let other: TestWorkspace;
beforeAll(async () => {
  hub = await startTestHub();
  other = await hub.addWorkspace();
});
afterAll(() => hub.close());

/** Sends nothing in the body: whoever is let through is told that it is missing, whoever is not is refused before that. */
const ask = async (
  caller: TestCaller,
  name: HubEndpointName,
  headers?: Record<string, string>,
): Promise<number> => {
  const { method, path, answerStream } = hubEndpoints[name] as {
    method: 'GET';
    path: string;
    answerStream?: string;
  };
  // A stream that is let through does not end: what it would answer is in events.test.ts.
  const url = path.replace(':id', randomUUID()).replace(':number', '1');
  const isEndless = answerStream !== undefined && name === 'events.follow';
  const answer = hub.request(caller, method, url, undefined, headers);
  if (!isEndless) return (await answer).statusCode;
  return Promise.race([
    answer.then(({ statusCode }) => statusCode),
    new Promise<number>((r) => setTimeout(r, 500, 200)),
  ]);
};
const REFUSED = [401, 403];

describe.each(names)('%s', (name) => {
  const access: Access = hubEndpoints[name].access;

  it('lets in without a token only what is public', async () => {
    const status = await ask(null, name);
    if (access === 'public') expect(status).not.toBe(403);
    else expect(status).toBe(401);
  });

  it.each(roles)('lets %s in as the contract says', async (role) => {
    if (name === 'access.leave') return;
    const status = await ask(hub[role], name);
    if (access === 'public' || (access !== 'hub_key' && access.includes(role)))
      expect(REFUSED).not.toContain(status);
    else expect(status).toBe(403);
  });

  it('lets the hub key in', async () => {
    const status = await ask(hub.hubKey, name, inWorkspace(hub.id));
    if (access === 'public' || access === 'hub_key' || access.includes('operator'))
      expect(REFUSED).not.toContain(status);
    else expect(status).toBe(403);
  });

  it('refuses tokens that are no tokens, and expired ones', async () => {
    if (access === 'public') return;
    for (const token of ['', 'x', hub.hubKey.slice(0, -1), hub.operator.tokens.refreshToken])
      expect(await ask(token, name)).toBe(401);
    hub.clock.now = new Date(Date.now() + 16 * 60_000);
    expect(await ask(hub.operator, name)).toBe(401);
    hub.clock.now = null;
  });

  it('does not take the header of another workspace from a member', async () => {
    if (name !== 'access.me') return;
    const answer = await hub.request(hub.rep, 'GET', '/v1/me', undefined, inWorkspace(other.id));
    expect(answer.json()).toMatchObject({ workspace: { id: hub.id } });
  });
});
