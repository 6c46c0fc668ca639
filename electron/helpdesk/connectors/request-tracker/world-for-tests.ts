import { z } from 'zod';

import type { ConnectorWorld } from '../connector.conformance.js';
import type { Peer } from '../peer-for-tests.js';

/** What `e2e/peers/request-tracker.mjs` says when it is ready. */
export const RequestTrackerReady = z.object({
  url: z.string(),
  password: z.string(),
  tokens: z.object({ rhea: z.string(), omar: z.string() }),
  mailDir: z.string(),
});
export type RequestTrackerReady = z.infer<typeof RequestTrackerReady>;

const CUSTOMER = 'femke.devries@example.com';

/** Does in RT what a customer does: signed in as one, through REST, since that is what the self-service page does too. */
export function customerOf({ url, password }: RequestTrackerReady, email = CUSTOMER) {
  const authorization = `Basic ${Buffer.from(`${email}:${password}`).toString('base64')}`;
  const post = async (path: string, body: object): Promise<unknown> => {
    const response = await fetch(`${url}/REST/2.0${path}`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${String(response.status)} ${await response.text()}`);
    return response.json();
  };
  return {
    async opens(subject: string, text: string): Promise<string> {
      const body = {
        Queue: 'Orders',
        Requestor: email,
        Subject: subject,
        Content: text,
        ContentType: 'text/plain',
      };
      return z.object({ id: z.coerce.string() }).parse(await post('/ticket', body)).id;
    },
    async says(ticketId: string, text: string): Promise<void> {
      await post(`/ticket/${ticketId}/correspond`, { Content: text, ContentType: 'text/plain' });
    },
  };
}

export async function requestTrackerWorld(peer: Peer<RequestTrackerReady>): Promise<ConnectorWorld> {
  const { ready } = peer;
  const customer = customerOf(ready);
  const conversationId = await customer.opens('Where is HP-104233?', 'My parcel HP-104233 does not move.');
  return {
    url: ready.url,
    conversationId,
    customerEmail: CUSTOMER,
    user: 'rhea',
    customerSays: (text) => customer.says(conversationId, text),
    keepsState: true,
    unchanged: 'conversation',
    otherPage: `${ready.url}/Search/Results.html?id=${conversationId}`,
    unknownId: '999999',
    close: () => Promise.resolve(),
  };
}
