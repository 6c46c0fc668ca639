import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { endPeer, runPeer } from './peer-process.js';

interface Ready {
  readonly url: string;
  readonly password: string;
  readonly tokens: { readonly rhea: string };
  readonly mailDir: string;
}

/** A message of a ticket as RT itself has it. */
export interface RtTransaction {
  readonly type: string;
  readonly content: string;
}

/** A file the customer sends along. */
export interface CustomerFile {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
}

/** A real Request Tracker on loopback, with what its customers and reps do in it. */
export interface RequestTracker {
  readonly url: string;
  /** Of the rep `rhea`. */
  readonly token: string;
  /** What `rhea` signs in with. */
  readonly password: string;
  /** A customer writes a new ticket; gives its number. */
  opens(subject: string, text: string): Promise<string>;
  says(ticketId: string, text: string, files?: readonly CustomerFile[]): Promise<void>;
  /** A customer writes an email; RT's own gate takes it in. With `ticketId` it answers that ticket. */
  mails(subject: string, text: string, ticketId?: string): Promise<void>;
  /** A rep answers in RT's own way; the reply goes to the customer by mail. */
  answers(ticketId: string, text: string): Promise<void>;
  /** The newest ticket's number. */
  newest(): Promise<string>;
  /** All mail that left, as it was sent. */
  sentMail(): Promise<string>;
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
  const first = await runPeer<Ready>('request-tracker', dir, '0');
  if (typeof first === 'string') {
    await rm(dir, { recursive: true, force: true });
    return first;
  }
  let { child } = first;
  const { url, password, tokens, mailDir } = first.ready;
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
    password,
    async opens(subject, text) {
      const ticket = { Queue: 'Orders', Requestor: CUSTOMER, Subject: subject };
      const made = await as(customer, '/ticket', { ...ticket, Content: text, ContentType: 'text/plain' });
      return String((made as { id: string | number }).id);
    },
    async says(ticketId, text, files = []) {
      await as(customer, `/ticket/${ticketId}/correspond`, {
        ...{ Content: text, ContentType: 'text/plain' },
        Attachments: files.map(({ name, mediaType, bytes }) => ({
          ...{ FileName: name, FileType: mediaType, FileContent: bytes.toString('base64') },
        })),
      });
    },
    async mails(subject, text, ticketId) {
      const about = ticketId === undefined ? subject : `[desk.example #${ticketId}] ${subject}`;
      const mail = `From: Femke de Vries <${CUSTOMER}>\nTo: orders@desk.example\nSubject: ${about}\nMessage-ID: <${String(Date.now())}.${String(Math.random())}@example.com>\n\n${text}\n`;
      const gate = spawn('rt-mailgate', ['--queue', 'Orders', '--action', 'correspond', '--url', url], {
        stdio: ['pipe', 'ignore', 'inherit'],
      });
      gate.stdin.end(mail);
      const [code] = (await once(gate, 'exit')) as [number];
      if (code !== 0) throw new Error(`rt-mailgate ended with ${String(code)}`);
    },
    async answers(ticketId, text) {
      await as(rep, `/ticket/${ticketId}/correspond`, { Content: text, ContentType: 'text/plain' });
    },
    async newest() {
      const found = (await as(rep, '/tickets?query=id>0&orderby=id&order=DESC&per_page=1')) as {
        items: { id: string | number }[];
      };
      return String(found.items[0]?.id ?? '');
    },
    async sentMail() {
      const names = (await readdir(mailDir)).filter((name) => name.endsWith('.mbox'));
      return (await Promise.all(names.map((name) => readFile(path.join(mailDir, name), 'utf8')))).join('\n');
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
    stop: () => endPeer(child),
    async again() {
      const next = await runPeer<Ready>('request-tracker', dir, new URL(url).port);
      if (typeof next === 'string') throw new Error(next);
      child = next.child;
    },
    async close() {
      await endPeer(child);
      await rm(dir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
