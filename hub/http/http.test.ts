import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { hubEndpoints } from '../../shared/contracts/hub/index.js';
import { startTestHub, type TestHub } from '../hub-for-tests.js';

describe('the hub over HTTP', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await startTestHub({
      metricsToken: 'for the scraper',
      limits: { joinsPerMinute: 5, memberPerMinute: 40 },
    });
  });
  afterAll(() => hub.close());
  const errorOf = (answer: { json(): unknown }): { code: string; detail?: string; next?: string } =>
    (answer.json() as { error: { code: string; detail?: string } }).error;

  it('says in every answer that it is a hub, with headers that keep it from being used as a page', async () => {
    for (const url of ['/healthz', '/v1/me', '/nowhere', '/v1/oidc']) {
      const { headers } = await hub.request(null, 'GET', url);
      expect(headers).toMatchObject({
        'cuecard-hub': '1',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'content-security-policy': "default-src 'none';frame-ancestors 'none'",
      });
      expect(headers).not.toHaveProperty('access-control-allow-origin');
    }
  });

  it('answers failures in one form', async () => {
    expect(errorOf(await hub.request(null, 'GET', '/nowhere')).code).toBe('HUB_NOT_FOUND');
    expect(errorOf(await hub.request(null, 'PUT', '/v1/join')).code).toBe('HUB_NOT_FOUND');
    const cases: [body: unknown, headers: Record<string, string>, detail: RegExp][] = [
      ['{"code":', { 'content-type': 'application/json' }, /JSON/],
      [{ code: 'x' }, {}, /body\/refreshToken/],
      ['code=x', { 'content-type': 'application/x-www-form-urlencoded' }, /content type/],
    ];
    for (const [body, headers, detail] of cases) {
      const answer = await hub.request(null, 'POST', '/v1/token', body, headers);
      expect(answer.statusCode).toBe(400);
      expect(errorOf(answer).code).toBe('HUB_INVALID_REQUEST');
      expect(errorOf(answer).detail).toMatch(detail);
    }
    const wrongId = await hub.request(hub.operator, 'POST', '/v1/members/1/revoke', { wipe: true });
    expect(errorOf(wrongId)).toMatchObject({
      code: 'HUB_INVALID_REQUEST',
      detail: expect.stringContaining('params/id') as string,
    });
  });

  it('takes a packed body, but none that swells beyond the limit', async () => {
    const send = (text: string) =>
      hub.request(hub.operator, 'POST', '/v1/invites', gzipSync(text), {
        'content-type': 'application/json',
        'content-encoding': 'gzip',
      });
    expect((await send(JSON.stringify({ role: 'rep', name: 'Packed' }))).statusCode).toBe(200);
    const bomb = await send(JSON.stringify({ role: 'rep', name: 'x'.repeat(3_000_000) }));
    expect(errorOf(bomb).code).toBe('HUB_TOO_LARGE');
    const damaged = await hub.request(hub.operator, 'POST', '/v1/invites', Buffer.from('no gzip'), {
      'content-type': 'application/json',
      'content-encoding': 'gzip',
    });
    expect(damaged.statusCode).toBe(400);
    const plain = await hub.request(hub.operator, 'POST', '/v1/invites', {
      role: 'rep',
      name: 'x'.repeat(1_100_000),
    });
    expect(plain.statusCode).toBe(413);
  });

  it('packs answers for those who take them packed', async () => {
    const answer = await hub.request(null, 'GET', '/v1/openapi.json', undefined, {
      'accept-encoding': 'gzip',
    });
    expect(answer.headers['content-encoding']).toBe('gzip');
    expect(JSON.parse(gunzipSync(answer.rawPayload).toString())).toMatchObject({ openapi: '3.1.0' });
  });

  it('describes every endpoint it serves, with what it takes and answers', async () => {
    const document = (await hub.request(null, 'GET', '/v1/openapi.json')).json<{
      paths: Record<string, Record<string, { operationId: string; responses: object; requestBody?: object }>>;
    }>();
    const invite = document.paths['/v1/invites']?.['post'];
    expect(invite?.operationId).toBe('members.invite');
    expect(JSON.stringify(invite?.requestBody)).toContain('expiresInHours');
    expect(JSON.stringify(invite?.responses)).toContain('usedAt');
    expect(document.paths['/v1/members/{id}']?.['patch']?.operationId).toBe('members.change_role');
    const described = Object.values(document.paths).flatMap((path) =>
      Object.values(path).map((o) => o.operationId),
    );
    const served = Object.entries(hubEndpoints).filter(([, { method, path }]) =>
      hub.hub.app.hasRoute({ method, url: path }),
    );
    expect(described.sort()).toEqual(served.map(([name]) => name).sort());
  });

  it('lets nobody try invite codes for long, whatever they send', async () => {
    const body = { code: 'AAAA-AAAA-AAAA', deviceName: 'x' };
    const statuses = [];
    for (let at = 0; at < 7; at++)
      statuses.push((await hub.request(null, 'POST', '/v1/join', body)).statusCode);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429]);
    const answer = await hub.request(null, 'POST', '/v1/join', body);
    expect(errorOf(answer).code).toBe('HUB_TOO_MANY_REQUESTS');
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(answer.headers['retry-after'])).toBeLessThanOrEqual(60);
    expect((await hub.request(null, 'GET', '/v1/oidc')).statusCode).toBe(200);
  });

  it("counts by the client's address where a proxy it knows names it, and takes nobody else's word", async () => {
    const other = await startTestHub({ trustedProxies: '10.0.0.0/8', limits: { joinsPerMinute: 1 } });
    const join = async (remoteAddress: string, client: string): Promise<number> => {
      const { statusCode } = await other.hub.app.inject({
        method: 'POST',
        url: '/v1/join',
        remoteAddress,
        headers: { 'x-forwarded-for': client },
        payload: { code: 'x', deviceName: 'x' },
      });
      return statusCode;
    };
    expect(await join('10.0.0.5', '192.0.2.1')).toBe(401);
    expect(await join('10.0.0.5', '192.0.2.2')).toBe(401);
    expect(await join('10.0.0.6', '192.0.2.1')).toBe(429);
    expect(await join('198.51.100.1', '192.0.2.3')).toBe(401);
    expect(await join('198.51.100.1', '192.0.2.4')).toBe(429);
    await other.close();
  });

  it('limits one member without holding up another', async () => {
    const busy = await hub.addMember(hub.id, 'rep');
    const statuses = [];
    for (let at = 0; at < 41; at++) statuses.push((await hub.request(busy, 'GET', '/v1/me')).statusCode);
    expect(statuses.filter((status) => status === 200)).toHaveLength(40);
    expect((await hub.request(hub.rep, 'GET', '/v1/me')).statusCode).toBe(200);
  });

  it('gives its figures to whoever has the token for them', async () => {
    expect((await hub.request(null, 'GET', '/metrics')).statusCode).toBe(401);
    const { body } = await hub.request('for the scraper', 'GET', '/metrics');
    expect(body).toMatch(
      /cuecard_hub_request_duration_seconds_count\{endpoint="access.join",status="401"\} 5/,
    );
    expect(body).toMatch(/cuecard_hub_event_streams 0/);
    expect(body).toMatch(/cuecard_hub_database_connections\{state="total"\} [1-5]/);
    expect(body).toMatch(/process_cpu_seconds_total/);
  });

  it('is ready until it is about to shut down, and alive all the time', async () => {
    expect((await hub.request(null, 'GET', '/readyz')).statusCode).toBe(200);
    hub.hub.startDraining();
    expect((await hub.request(null, 'GET', '/readyz')).statusCode).toBe(503);
    expect((await hub.request(null, 'GET', '/healthz')).statusCode).toBe(200);
  });

  it('says that the store is away instead of failing', async () => {
    const other = await startTestHub({ store: 'pglite' });
    await other.database.close();
    const answer = await other.request(other.rep, 'GET', '/v1/me');
    expect(answer.statusCode).toBe(503);
    expect(errorOf(answer).code).toBe('HUB_STORE_UNAVAILABLE');
    expect((await other.request(null, 'GET', '/readyz')).statusCode).toBe(503);
    expect((await other.request(null, 'GET', '/healthz')).statusCode).toBe(200);
    await other.close();
  });
});
