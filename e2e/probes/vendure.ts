import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { endPeer, runPeer } from './peer-process.js';

interface Ready {
  readonly url: string;
  readonly user: string;
  readonly password: string;
}

/** A real Vendure shop on loopback. */
export interface Vendure extends Ready {
  /** What of an order was refunded so far, in minor units, as the shop itself says it. */
  refunded(orderCode: string): Promise<number[]>;
  close(): Promise<void>;
}

/** Starts it; gives why this machine cannot have it instead. */
export async function startVendure(): Promise<Vendure | string> {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'cuecard-vendure-'));
  const started = await runPeer<Ready>('vendure', dir, '0');
  if (typeof started === 'string') {
    await rm(dir, { recursive: true, force: true });
    return started;
  }
  const { ready, child } = started;
  let token = '';
  const ask = async (query: string, variables: object): Promise<unknown> => {
    const response = await fetch(`${ready.url}/admin-api`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query, variables }),
    });
    token = response.headers.get('vendure-auth-token') ?? token;
    return ((await response.json()) as { data: unknown }).data;
  };
  return {
    ...ready,
    async refunded(orderCode) {
      await ask('mutation($u:String!,$p:String!){login(username:$u,password:$p){__typename}}', {
        ...{ u: ready.user, p: ready.password },
      });
      const query =
        'query($c:String!){orders(options:{filter:{code:{eq:$c}}}){items{payments{refunds{total}}}}}';
      const { orders } = (await ask(query, { c: orderCode })) as {
        orders: { items: { payments: { refunds: { total: number }[] }[] }[] };
      };
      return orders.items.flatMap(({ payments }) =>
        payments.flatMap(({ refunds }) => refunds.map(({ total }) => total)),
      );
    },
    async close() {
      await endPeer(child);
      await rm(dir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
