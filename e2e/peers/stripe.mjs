import { createExpressApp } from 'stripe-stateful-mock';
import { charges } from 'stripe-stateful-mock/dist/api/charges.js';

import { freePort } from './free-port.mjs';
import { runPeer } from './peer-command.mjs';

// A stand-in for Stripe that keeps customers, payments and refunds, and answers a repeated key as Stripe does. It speaks Stripe's interface of 2020.
// It takes a customer's money and forgets whose it was, which Stripe does not.
const take = charges.create;
/** @type {(account: string, params: { customer?: string }) => { customer: string | null }} */
charges.create = (account, params) => {
  const charge = take(account, params);
  if (typeof params.customer === 'string') charge.customer = params.customer;
  return charge;
};

await runPeer(async (_, wantedPort) => {
  const port = wantedPort === 0 ? await freePort() : wantedPort;
  const server = await new Promise((resolve, reject) => {
    const listening = createExpressApp().listen(port, '127.0.0.1', () => resolve(listening));
    listening.on('error', reject);
  });
  return {
    ready: { url: `http://127.0.0.1:${port}` },
    end: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
});
