import { readFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { Duplex } from 'node:stream';

import { afterAll } from 'vitest';

import { leakedOf } from './leaked-for-tests.js';

/*
 * Set up for every test file: keeps the bytes that leave this process for a model's service, on the loopback too, and fails the file if the
 * name, the address or the number of a customer of the demo shop is among them. Below every package and every guard: what is looked at is
 * what a socket was given. What a test means to send as it is, it names with `mayLeave`.
 */

/** Where the protocols of chat models and embedding services are spoken. */
const MODEL_PATH =
  /\/(?:chat\/completions|embeddings|messages|responses)(?:[?/]|$)|:(?:stream)?generateContent/i;
const REQUEST_LINE = /^[A-Z]+ (\S+) HTTP\/1\.[01]\r\n/;

const kept: Buffer[] = [];
const allowed = new Set<string>();
const talking = new WeakSet<Socket>();

/** Lets a value of the demo shop leave in this test file: it is about sending as written, or about a part below the guard. */
export function mayLeave(...values: readonly string[]): void {
  for (const value of values) allowed.add(value);
}

/** What left for model services so far. */
export const outboundBytes = (): Buffer => Buffer.concat(kept);

type Write = (this: Socket, chunk: unknown, ...rest: unknown[]) => boolean;
const inherited = (Reflect.getOwnPropertyDescriptor(Socket.prototype, 'write') ??
  Reflect.getOwnPropertyDescriptor(Duplex.prototype, 'write')) as { value: Write } | undefined;
const write = inherited?.value ?? (Reflect.get(Duplex.prototype, 'write') as Write);
const watched: Write = function (chunk, ...rest) {
  if (typeof chunk === 'string' || chunk instanceof Uint8Array) keep(this, toBytes(chunk, rest[0]));
  return write.call(this, chunk, ...rest);
};
Reflect.defineProperty(Socket.prototype, 'write', { value: watched, writable: true, configurable: true });

function keep(socket: Socket, bytes: Buffer): void {
  const path = REQUEST_LINE.exec(bytes.subarray(0, 4096).toString('latin1'))?.[1];
  if (path !== undefined && MODEL_PATH.test(path)) talking.add(socket);
  else if (path !== undefined) talking.delete(socket);
  if (talking.has(socket)) kept.push(bytes);
}

const toBytes = (chunk: string | Uint8Array, encoding: unknown): Buffer =>
  typeof chunk === 'string'
    ? Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8')
    : Buffer.from(chunk);

afterAll(() => {
  if (kept.length === 0) return;
  const leaked = leakedOf(outboundBytes(), valuesOfDemoShop()).filter((value) => !allowed.has(value));
  if (leaked.length > 0)
    throw new Error(`Left for a model's service, and should not have: ${leaked.join(', ')}`);
});

interface DemoShop {
  readonly customers: readonly { readonly name: string; readonly email: string; readonly phone: string }[];
}

function valuesOfDemoShop(): string[] {
  const file = new URL('../../resources/demo/shop.json', import.meta.url);
  const { customers } = JSON.parse(readFileSync(file, 'utf8')) as DemoShop;
  return customers.flatMap(({ name, email, phone }) => [name, email, phone]);
}
