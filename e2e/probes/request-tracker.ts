import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { repoRoot } from '../launch.js';

interface Ready {
  readonly url: string;
  readonly password: string;
  readonly tokens: { readonly rhea: string };
}

/** A message of a ticket as RT itself has it. */
export interface RtTransaction {
  readonly type: string;
  readonly content: string;
}

/** A real Request Tracker on loopback, with what its customers and reps do in it. */
export interface RequestTracker {
  readonly url: string;
  /** Of the rep `rhea`. */
  readonly token: string;
  /** A customer writes a new ticket; gives its number. */
  opens(subject: string, text: string): Promise<string>;
  says(ticketId: string, text: string): Promise<void>;
  /** Comments and replies of a ticket with their text, read past Cuecard. */
  spoken(ticketId: string): Promise<readonly RtTransaction[]>;
  /** Takes it away and brings it back, on the same address with the same tickets. */
  stop(): Promise<void>;
  again(): Promise<void>;
  close(): Promise<void>;
}

const CUSTOMER = 'femke.devries@example.com';

/** Starts it; gives why this machine cannot have it instead. */
export async function startRequestTracker(): Promise<RequestTracker | string> {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'cuecard-rt-'));
  const first = await run(dir, '0');
  if (typeof first === 'string') {
    await rm(dir, { recursive: true, force: true });
    return first;
  }
  let { child } = first;
  const { url, password, tokens } = first.ready;
  const as = async (authorization: string, place: string, body?: object): Promise<unknown> => {
    const response = await fetch(`${url}/REST/2.0${place}`, {
      method: body ? 'POST' : 'GET',
      headers: { authorization, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${place}: ${String(response.status)} ${await response.text()}`);
    return response.json();
  };
  const customer = `Basic ${Buffer.from(`${CUSTOMER}:${password}`).toString('base64')}`;
  const rep = `token ${tokens.rhea}`;
  // A single attachment comes as base64.
  const textOf = async (id: string): Promise<string> => {
    const { Content = '' } = (await as(rep, `/attachment/${id}`)) as { Content?: string };
    return Buffer.from(Content, 'base64').toString();
  };
  return {
    url,
    token: tokens.rhea,
    async opens(subject, text) {
      const ticket = { Queue: 'Orders', Requestor: CUSTOMER, Subject: subject };
      const made = await as(customer, '/ticket', { ...ticket, Content: text, ContentType: 'text/plain' });
      return String((made as { id: string | number }).id);
    },
    async says(ticketId, text) {
      await as(customer, `/ticket/${ticketId}/correspond`, { Content: text, ContentType: 'text/plain' });
    },
    async spoken(ticketId) {
      const history = (await as(rep, `/ticket/${ticketId}/history?per_page=100&fields=Type`)) as {
        items: { id: string; Type: string }[];
      };
      const written = history.items.filter(({ Type }) => ['Comment', 'Correspond'].includes(Type));
      return Promise.all(
        written.map(async ({ id, Type }) => {
          const files = (await as(rep, `/transaction/${id}/attachments`)) as { items: { id: string }[] };
          const texts = await Promise.all(files.items.map((file) => textOf(file.id)));
          return { type: Type, content: texts.join('\n') };
        }),
      );
    },
    stop: () => end(child),
    async again() {
      const next = await run(dir, new URL(url).port);
      if (typeof next === 'string') throw new Error(next);
      child = next.child;
    },
    async close() {
      await end(child);
      await rm(dir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function run(dir: string, port: string): Promise<{ ready: Ready; child: ChildProcess } | string> {
  const program = path.join(repoRoot, 'e2e/peers/request-tracker.mjs');
  const child = spawn(process.execPath, [program, dir, port], { stdio: ['pipe', 'pipe', 'inherit'] });
  const line = await new Promise<string>((resolve, reject) => {
    let printed = '';
    child.stdout.on('data', (part: Buffer) => {
      printed += part.toString();
      if (printed.includes('\n')) resolve(printed);
    });
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`The peer ended with ${String(code)} before it was ready.`)));
  });
  const said = JSON.parse(line) as Ready | { readonly unavailable: string };
  return 'unavailable' in said ? said.unavailable : { ready: said, child };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const over = new Promise((resolve) => child.once('exit', resolve));
  child.stdin?.end();
  await over;
}
