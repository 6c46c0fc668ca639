import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

import { z } from 'zod';

import type { WriteTool } from '../agents/tools/write-tool.js';

/** How the bank of the tests answers a refund. */
export type BankMood = 'answers' | 'says no' | 'does it and stays silent' | 'stays silent' | 'is down';

/** A bank that pays back whatever it is asked to, as often as it is asked: that a refund is paid once is not its doing. */
export interface Bank {
  readonly url: string;
  mood: BankMood;
  /** Time it takes over a refund, in milliseconds. */
  takesMs: number;
  /** Keys of the refunds that were paid, in order. */
  readonly paid: string[];
  close(): Promise<void>;
}

const Asked = z.object({ key: z.string(), amount: z.string() });

export async function startBank(): Promise<Bank> {
  const server = http.createServer((request, response) => {
    const answer = (status: number, body: object): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    const key = new URL(request.url ?? '/', 'http://bank').searchParams.get('key') ?? '';
    if (bank.mood === 'is down') {
      request.socket.destroy();
      return;
    }
    if (request.method === 'GET') {
      const at = bank.paid.indexOf(key);
      answer(200, { proof: at < 0 ? null : `re_${String(at + 1)}` });
      return;
    }
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      void wait(bank.takesMs).then(() => {
        const asked = Asked.parse(JSON.parse(text));
        if (bank.mood === 'says no') return answer(409, { detail: 'More than was paid.' });
        if (bank.mood === 'stays silent') return undefined;
        bank.paid.push(asked.key);
        if (bank.mood === 'does it and stays silent') return undefined;
        return answer(200, { proof: `re_${String(bank.paid.length)}` });
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bank: Bank = {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    ...{ mood: 'answers', takesMs: 0, paid: [] },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return bank;
}

const Input = z.object({
  orderId: z.string().min(1, 'is missing'),
  amount: z.string().regex(/^\d+\.\d{2}$/, 'write it like 12.50'),
});
const Proof = z.object({ proof: z.string().nullable() });

/** Refunds through {@link startBank}. */
export function bankTool(url: string, timeLimitMs = 2_000): WriteTool<typeof Input> {
  const succeeded = (amount: string, proof: string) =>
    ({
      status: 'succeeded',
      facts: [{ key: 'refund.amount', label: 'Refund amount', value: `${amount} EUR` }],
      proof,
    }) as const;
  return {
    ...{ name: 'refund_order', title: 'Refund', description: 'Pays money back.', risk: 'write' },
    input: Input,
    fields: [
      { key: 'orderId', label: 'Order', kind: 'text', isEditable: false },
      { key: 'amount', label: 'Amount', kind: 'money', isEditable: true },
    ],
    argumentsFrom: { orderId: 'order_id', amount: 'amount' },
    timeLimitMs,
    preview: ({ input }) =>
      Promise.resolve({
        status: 'ready',
        effect: `Refund ${input.amount} EUR of order ${input.orderId}.`,
        call: `POST /refund ${JSON.stringify(input)}`,
        amount: { amount: Number(input.amount), currency: 'EUR' },
        facts: [],
      }),
    async run({ input, key, signal }) {
      const body = JSON.stringify({ key, amount: input.amount });
      const response = await fetch(`${url}/refund`, { method: 'POST', body, signal });
      if (response.status === 409) return { status: 'refused', detail: 'More than was paid.' };
      return succeeded(input.amount, Proof.parse(await response.json()).proof ?? '');
    },
    async readBack({ input, key, signal }) {
      const response = await fetch(`${url}/refund?key=${key}`, { signal });
      const { proof } = Proof.parse(await response.json());
      return proof === null ? null : succeeded(input.amount, proof);
    },
  };
}
