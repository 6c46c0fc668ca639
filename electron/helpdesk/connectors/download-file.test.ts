import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { downloadFile } from './download-file.js';

const never = new AbortController().signal;
const unreadable = { error: { code: 'HELPDESK_ANSWER_UNREADABLE' } };

describe('A file is fetched from where a helpdesk says it lies', () => {
  let url: string;
  let seen: string[] = [];
  const server = http.createServer((request, response) => {
    const path = request.url ?? '/';
    seen.push(path);
    const to = /^\/to\?(.+)$/u.exec(path)?.[1];
    if (to !== undefined) response.writeHead(302, { location: decodeURIComponent(to) }).end();
    else if (path === '/round') response.writeHead(302, { location: '/round' }).end();
    else if (path === '/ran-out') response.writeHead(403).end('signature expired');
    else response.end('bytes');
  });
  beforeAll(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });
  afterAll(() => void server.close());
  const fetchFile = async (file: string, baseUrl = url): Promise<string> => {
    seen = [];
    const from = { url: file, baseUrl, maxBytes: 1000, fetch, timeoutMs: 5000 };
    return Buffer.from(await downloadFile(from, never)).toString();
  };

  it('follows it, also when the address is a path or moves', async () => {
    expect(await fetchFile('/file?sig=a%2Fb')).toBe('bytes');
    expect(seen).toEqual(['/file?sig=a%2Fb']);
    expect(await fetchFile(`${url}/to?${encodeURIComponent('/file')}`)).toBe('bytes');
  });

  it('goes round in no circle', async () => {
    await expect(fetchFile('/round')).rejects.toMatchObject(unreadable);
    expect(seen).toHaveLength(4);
  });

  it('tells that a link ran out apart from a token that is no longer good', async () => {
    await expect(fetchFile('/ran-out')).rejects.toMatchObject({
      error: { code: 'HELPDESK_CONVERSATION_NOT_FOUND' },
    });
  });

  // Catches a message that makes Cuecard call something on the rep's own machine.
  it('calls nothing on this machine that is not the helpdesk itself', async () => {
    for (const file of [
      `${url}/file`,
      url.replace('127.0.0.1', 'localhost'),
      'http://[::1]/',
      'http://0.0.0.0/',
    ])
      await expect(fetchFile(file, 'http://desk.example')).rejects.toMatchObject(unreadable);
    await expect(fetchFile('http://169.254.169.254/latest/meta-data')).rejects.toMatchObject(unreadable);
    await expect(
      fetchFile(`${url}/to?${encodeURIComponent('http://169.254.169.254/')}`),
    ).rejects.toMatchObject(unreadable);
    expect(seen).toHaveLength(1);
  });

  it('leaves TLS for nothing when the helpdesk has it', async () => {
    for (const file of ['http://files.example/x', 'file:///etc/hosts', 'ftp://files.example/x'])
      await expect(fetchFile(file, 'https://desk.example')).rejects.toMatchObject(unreadable);
  });
});
