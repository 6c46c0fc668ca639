import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, beforeEach, expect, it } from 'vitest';

import type { BusinessSystem } from '../../shared/domain/business-system.js';
import { type AppErrorException, errorCodeOf } from '../../shared/errors/app-error.js';
import { silentLogger } from '../../shared/lib/logger.js';
import { createBusinessService, type BusinessService } from './business-service.js';
import { createConnectSystem } from './connect-system.js';
import { teamProfile } from './profile-for-tests.js';

const now = (): Date => new Date('2026-11-27T12:00:00Z');
const context = { profile: teamProfile, now };
const { signal } = new AbortController();
const customer = { name: 'Femke', email: 'femke@example.com' };
const DESCRIPTION = `
openapi: 3.0.3
paths: { /hours: { get: { operationId: getHours } } }
components: { securitySchemes: { token: { type: http, scheme: bearer } } }`;
const OPERATIONS = `
- { operation: getHours, name: hours, title: Hours, description: Opening hours., public: true,
    facts: { open: { key: hours.open, label: Open } } }`;

let server: Server;
let baseUrl: string;
let kept: readonly BusinessSystem[];
let secrets: Map<string, string>;
let seen: (string | undefined)[];

function open(): BusinessService {
  const placeOf = ({ id, baseUrl: address }: BusinessSystem): string => `${address}#${id}`;
  return createBusinessService({
    systems: kept,
    save: (systems) => {
      kept = JSON.parse(JSON.stringify(systems)) as BusinessSystem[];
    },
    secrets: {
      canStore: () => true,
      read: (system) => secrets.get(placeOf(system)) ?? null,
      placeOf: (system) => (secrets.has(placeOf(system)) ? 'stored' : 'none'),
      keep: (system, secret) => void secrets.set(placeOf(system), secret),
      forget: (system) => void secrets.delete(placeOf(system)),
    },
    connect: createConnectSystem({ fetch, now, toolServers: () => [] }),
    context: () => context,
    demo: null,
    onChanged: () => undefined,
    log: silentLogger,
  });
}

beforeEach(async () => {
  kept = [];
  secrets = new Map();
  seen = [];
  server = createServer((request, response) => {
    seen.push(request.headers.authorization);
    response.writeHead(200).end('{"open":"9 to 5"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  baseUrl = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});
afterEach(() => server.close());

const desk = (options: Record<string, string> = { description: DESCRIPTION, operations: OPERATIONS }) =>
  ({ id: 'openapi-1', kind: 'openapi', name: 'Shop', baseUrl: `${baseUrl}/`, options }) as const;

// Catches: tools that are gone after a restart, because what they were made of was not kept.
it('what a system was found to offer is there after a restart, with its secret for its own address', async () => {
  await open().save(desk(), 'secret-1');
  expect(kept[0]).toMatchObject({ baseUrl, options: { prepared: expect.any(String) as string } });
  expect(JSON.stringify(kept)).not.toContain('secret-1');
  const service = open();
  expect(service.shop()).toBeNull();
  const [hours] = service.tools(context);
  expect(hours).toMatchObject({ name: 'shop_hours', system: 'Shop', risk: 'read' });
  expect(await hours?.run({ input: {}, customer, signal })).toMatchObject({ facts: [{ value: '9 to 5' }] });
  await service.save({ ...desk(), baseUrl: `${baseUrl}/v2` }, null);
  await service.tools(context)[0]?.run({ input: {}, customer, signal });
  expect(seen).toEqual(['Bearer secret-1', undefined]);
});

// Catches: a system that is half replaced by one that cannot be used.
it('what cannot be used is not saved, and what was before stays', async () => {
  const service = open();
  await service.save(desk(), 'secret-1');
  const broken = desk({ description: DESCRIPTION, operations: OPERATIONS.replace('getHours', 'getNothing') });
  expect(await service.save(broken, 'secret-2').catch(errorCodeOf)).toBe('BUSINESS_DESCRIPTION_INVALID');
  expect(service.tools(context)).toHaveLength(1);
  expect([...secrets.values()]).toEqual(['secret-1']);
  // Kept by another version of Cuecard: the app starts, and the system has no tools until it is saved again.
  kept = [
    { ...desk({ prepared: '{"operations":1}' }) },
    { ...desk({ queries: '{' }), kind: 'sql' as const, baseUrl: 'nowhere' },
    { ...desk({ pinned: 'x', arguments: '[' }), kind: 'mcp' as const, baseUrl: 'nowhere' },
  ];
  expect(open().tools(context)).toEqual([]);
  expect(open().writeTools(context)).toEqual([]);
});

// Catches: a description that grows beyond what can be read at the next start, and takes every other system with it.
it('does not keep what could not be read again', async () => {
  const service = open();
  await service.save(desk(), 'secret-1');
  const long = `- { operation: getHours, name: hours, title: Hours, description: ${'x'.repeat(400)}, public: true, facts: { open: { key: hours.open, label: Open } } }\n`;
  const operations = Array.from({ length: 50 }, (_, at) =>
    long.replace('name: hours', `name: hours_${String(at)}`),
  );
  const text = DESCRIPTION.replace(
    'operationId: getHours',
    `operationId: getHours, parameters: [{ name: day, in: query, schema: { type: string, description: ${'y'.repeat(9_000)} } }]`,
  );
  const failed = await service
    .save(desk({ description: text, operations: operations.join('') }), 'secret-2')
    .catch((error: unknown) => error);
  expect(errorCodeOf(failed)).toBe('BUSINESS_DESCRIPTION_INVALID');
  expect((failed as AppErrorException).error.detail).toContain('prepared: more than 400000 characters');
  expect(kept.map(({ options }) => options['operations'])).toEqual([OPERATIONS]);
  expect([...secrets.values()]).toEqual(['secret-1']);
});

// Catches: a tool that answers in the name of another system, or in place of one of the catalogue.
it('does not keep a second tool of one name', async () => {
  const service = open();
  await service.save(desk(), 'secret-1');
  const detailOf = async (system: BusinessSystem): Promise<unknown> =>
    service.save(system, 'secret-2').then(
      () => 'saved',
      (error: unknown) => (error as AppErrorException).error.detail,
    );
  const named = (id: string, name: string, tool = 'hours') => ({
    ...desk({ description: DESCRIPTION, operations: OPERATIONS.replace('name: hours', `name: ${tool}`) }),
    ...{ id, name },
  });
  expect(await detailOf(named('openapi-2', 'SHOP!'))).toContain('Give this system another name');
  expect(await detailOf(named('openapi-2', 'Refund', 'order'))).toContain(
    'refund_order is a tool of Cuecard',
  );
  await service.save(named('openapi-1', 'Shop', 'eu_hours'), null);
  expect(await detailOf(named('openapi-2', 'Shop EU'))).toContain('shop_eu_hours is a tool of Shop already');
  expect([...secrets.values()]).toEqual(['secret-1']);
  const stripe = { id: 'stripe-1', kind: 'stripe', name: 'Stripe', options: {} } as const;
  expect(await detailOf({ ...stripe, baseUrl })).toBe('saved');
  expect(await detailOf({ ...stripe, id: 'stripe-2', name: 'stripe', baseUrl })).toContain('tell them apart');
  expect(await detailOf({ ...stripe, id: 'stripe-2', name: 'Other', baseUrl })).toBe('saved');
  expect(await detailOf(named('openapi-3', 'Stripe', 'look_up_payment'))).toContain(
    'stripe_look_up_payment is a tool of',
  );
  // Itself, saved again, and one of another name.
  expect(await detailOf(named('openapi-1', 'shop', 'eu_hours'))).toBe('saved');
  expect(await detailOf(named('openapi-2', 'Depot'))).toBe('saved');
});
