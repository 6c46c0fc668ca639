import fs from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { HUB_HEADER } from '../../shared/contracts/hub/define-endpoint.js';
import { readInvitation } from '../sync/join.js';
import { commandLineForTests } from './command-line-for-tests.js';

const cli = commandLineForTests();

it('invites, lists and revokes members', async () => {
  const made = await cli.cuecard(
    'members',
    'invite',
    'Ada Lind',
    '--role',
    'lead',
    '--email',
    'ada@example.test',
  );
  expect(made.out).toMatch(
    /^Invite for Ada Lind \(lead\), good once, until .* UTC: ([A-Z0-9]{4}-){2}[A-Z0-9]{4}\nTo be pasted in Cuecard: http/,
  );
  const [, link] = /: (\S+)\n$/.exec(made.out) ?? [];
  const { hubUrl, code } = readInvitation(link ?? '');
  expect(hubUrl).toBe(cli.url);
  const joined = await cli.hub.request(null, 'POST', '/v1/join', { code, deviceName: 'laptop' });
  const { member } = joined.json<{ member: { id: string } }>();
  expect((await cli.cuecard('members', 'revoke', member.id, '--wipe')).out).toBe('Ada Lind is wiped.\n');
  expect((await cli.cuecard('members', 'list')).out).toMatch(/Ada Lind .*ada@example\.test +lead +wiped/);
});

it('cancels an invite, which lets nobody in then', async () => {
  const { invite, code, link } = await cli.json<{ invite: { id: string }; code: string; link: string }>(
    ...['members', 'invite', 'Ada Lind'],
  );
  expect(link).toBe(`${cli.url}#${code}`);
  expect((await cli.cuecard('members', 'list')).out).toContain(invite.id);
  expect((await cli.cuecard('members', 'cancel', invite.id)).out).toMatch(/^The invite is cancelled/);
  expect((await cli.cuecard('members', 'list')).out).not.toContain(invite.id);
  const refused = await cli.hub.request(null, 'POST', '/v1/join', { code, deviceName: 'laptop' });
  expect(refused.statusCode).toBe(401);
  expect(await cli.cuecard('members', 'cancel', invite.id)).toMatchObject({ failure: 'HUB_NOT_FOUND' });
});

it('exports the feedback of a hub: of none, the names of the columns', async () => {
  const exported = await cli.cuecard('feedback', 'export');
  expect(exported).toMatchObject({ code: 0, failure: null });
  expect(exported.out.trimEnd().split('\n')).toEqual([expect.stringMatching(/^\uFEFF?id(,\w+)+$/)]);
});

describe('cuecard feedback export', () => {
  let server: Server;
  let asked: string | undefined;
  let isCut: boolean;
  beforeEach(async () => {
    isCut = false;
    // What matters here is the stream, and that it may be cut.
    server = createServer((request, response) => {
      asked = request.url;
      response.writeHead(200, { [HUB_HEADER]: '1', 'content-type': 'text/plain' });
      response.write('id,action\n');
      setTimeout(() => (isCut ? response.destroy() : response.end('1,edited\n')), 20);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    vi.stubEnv('CUECARD_HUB_URL', `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  it('writes to standard output, redacted unless that is switched off', async () => {
    expect(await cli.cuecard('feedback', 'export')).toMatchObject({ code: 0, out: 'id,action\n1,edited\n' });
    expect(asked).toBe('/v1/feedback/export?format=csv&redact=true');
    await cli.cuecard('feedback', 'export', '--format', 'preference', '--no-redact', '--since', '2026-11-01');
    expect(asked).toBe(
      '/v1/feedback/export?format=preference&redact=false&since=2026-11-01T00%3A00%3A00.000Z',
    );
  });

  it('writes a file whole, or leaves the one that was there', async () => {
    const out = path.join(cli.dir, 'feedback.csv');
    expect(await cli.cuecard('feedback', 'export', '--out', out)).toMatchObject({ code: 0, out: '' });
    expect(fs.readFileSync(out, 'utf8')).toBe('id,action\n1,edited\n');
    fs.writeFileSync(out, 'before');
    isCut = true;
    expect(await cli.cuecard('feedback', 'export', '--out', out)).toMatchObject({
      failure: 'HUB_NOT_REACHED',
    });
    expect(fs.readFileSync(out, 'utf8')).toBe('before');
    expect(fs.readdirSync(cli.dir).sort()).toEqual(['feedback.csv', 'help']);
    const nowhere = path.join(cli.dir, 'nowhere', 'feedback.csv');
    isCut = false;
    expect(await cli.cuecard('feedback', 'export', '--out', nowhere)).toMatchObject({
      failure: 'FEEDBACK_NOT_EXPORTED',
    });
  });
});
