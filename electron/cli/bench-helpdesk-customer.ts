import { z } from 'zod';

import { AppErrorException } from '../../shared/errors/app-error.js';

/** A customer who writes to a helpdesk, as far as a measurement needs one. */
export interface BenchCustomer {
  /** A new conversation; gives its number. */
  opens(subject: string, text: string): Promise<string>;
  /** Resolves when the helpdesk has stored the message. */
  says(nativeId: string, text: string): Promise<void>;
}

const Made = z.object({ id: z.union([z.string(), z.number()]) });

/** A customer of a Request Tracker, through REST 2.0 with login and password. @throws AppErrorException BENCH_CUSTOMER_REFUSED. */
export function createRequestTrackerCustomer(options: {
  readonly url: string;
  readonly queue: string;
  readonly login: string;
  readonly password: string;
}): BenchCustomer {
  const { url, queue, login, password } = options;
  const authorization = `Basic ${Buffer.from(`${login}:${password}`).toString('base64')}`;

  async function post(place: string, body: object): Promise<unknown> {
    const response = await fetch(`${url}/REST/2.0${place}`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      redirect: 'error',
    });
    if (!response.ok) throw new AppErrorException('BENCH_CUSTOMER_REFUSED', String(response.status));
    return response.json();
  }

  return {
    async opens(subject, text) {
      const ticket = { Queue: queue, Requestor: login, Subject: subject };
      return String(
        Made.parse(await post('/ticket', { ...ticket, Content: text, ContentType: 'text/plain' })).id,
      );
    },
    async says(nativeId, text) {
      await post(`/ticket/${nativeId}/correspond`, { Content: text, ContentType: 'text/plain' });
    },
  };
}
