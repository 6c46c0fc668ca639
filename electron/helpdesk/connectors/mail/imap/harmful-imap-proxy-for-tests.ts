import { once } from 'node:events';
import net from 'node:net';
import type { AddressInfo } from 'node:net';

import type { Harm, HarmfulProxy } from '../../harmful-proxy-for-tests.js';

/** What a server of IMAP says in place of a status of HTTP, and to which command. */
const CODES: Readonly<Record<number, readonly [RegExp, string]>> = {
  401: [/^(?:LOGIN|AUTHENTICATE)$/u, 'AUTHENTICATIONFAILED'],
  403: [/^(?:SELECT|EXAMINE)$/u, 'NOPERM'],
  404: [/^(?:SELECT|EXAMINE)$/u, 'NONEXISTENT'],
  429: [/^(?:LOGIN|AUTHENTICATE)$/u, 'LIMIT'],
  500: [/^(?:LOGIN|AUTHENTICATE)$/u, 'UNAVAILABLE'],
};
const WRITES = /^(?:APPEND|STORE|COPY|MOVE|EXPUNGE)$/u;

/** Stands before a mailbox and does harm. Harm to everything ends the lines there are, as a server does that forgets a session. */
export async function startHarmfulImapProxy(target: string): Promise<HarmfulProxy> {
  const { hostname, port } = new URL(target);
  let harm: Harm | null = null;
  let onlyWrites = false;
  let seen: { method: string; path: string; status: null }[] = [];
  const lines = new Set<net.Socket>();

  const server = net.createServer((client) => {
    lines.add(client);
    client.on('close', () => lines.delete(client)).on('error', () => client.destroy());
    const first = onlyWrites ? null : harm;
    if (first?.kind === 'dropped') return void client.destroy();
    if (first?.kind === 'web_page')
      return void client.end(
        'HTTP/1.1 400 Bad Request\r\ncontent-type: text/html\r\n\r\n<h1>Sign in here</h1>\r\n',
      );
    if (first?.kind === 'silence') return void client.resume();
    const upstream = net.connect(Number(port), hostname);
    upstream.on('error', () => client.destroy()).on('close', () => client.destroy());
    client.on('close', () => upstream.destroy());
    let isCut = false;
    let isMute = false;
    upstream.on('data', (bytes: Buffer) => {
      if (!isCut) return void client.write(bytes);
      if (harm?.kind === 'half') client.write(bytes.subarray(0, bytes.length >> 1), () => client.destroy());
      else client.destroy();
    });
    onCommands(client, (tag, command, bytes) => {
      if (command !== '') {
        const isWrite = WRITES.test(command);
        seen.push({ method: isWrite ? command : 'GET', path: command, status: null });
        const now = onlyWrites && !isWrite ? null : harm;
        if (now?.kind === 'status') {
          const [to, code] = CODES[now.status] ?? [/^$/u, ''];
          if (to.test(command)) return void client.write(`${tag} NO [${code}] harm\r\n`);
        }
        if (now?.kind === 'silence') isMute = true;
        if (now?.kind === 'lost_answer' || (now?.kind === 'half' && /EXAMINE|SELECT/u.test(command)))
          isCut = true;
      }
      if (!isMute) upstream.write(bytes);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `imap://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    harm(next, writes = false) {
      harm = next;
      onlyWrites = writes;
      if (next && !writes) for (const line of lines) line.destroy();
    },
    take() {
      const taken = seen;
      seen = [];
      return taken;
    },
    waiting: () => lines.size,
    close: () =>
      new Promise((done) => {
        for (const line of lines) line.destroy();
        server.close(() => done());
      }),
  };
}

/** Cuts what a client sends into lines; a literal's bytes go through without being taken for commands. */
function onCommands(client: net.Socket, on: (tag: string, command: string, bytes: Buffer) => void): void {
  let rest = Buffer.alloc(0);
  let literal = 0;
  client.on('data', (bytes: Buffer) => {
    rest = Buffer.concat([rest, bytes]);
    while (rest.length > 0) {
      const end = literal > 0 ? Math.min(literal, rest.length) : rest.indexOf('\n') + 1;
      if (end === 0) return;
      const part = rest.subarray(0, end);
      rest = rest.subarray(end);
      if (literal > 0) {
        literal -= end;
        on('', '', part);
        continue;
      }
      const [, tag = '', command = ''] = /^(\S+) (?:UID )?([A-Z]+)/iu.exec(part.toString('latin1')) ?? [];
      literal = Number(/\{(\d+)\+?\}\r\n$/u.exec(part.toString('latin1'))?.[1] ?? 0);
      on(tag, command.toUpperCase(), part);
    }
  });
}
