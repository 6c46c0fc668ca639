import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { ModelConnection } from '../../../shared/domain/model-settings.js';
import { AppErrorException } from '../../../shared/errors/app-error.js';
import type { EgressPurpose } from '../outbound-port.js';
import { testConnection } from './test-connection.js';

let answer: (response: ServerResponse) => void;
let server: Server;
let origin: string;
let purposes: EgressPurpose[];
beforeEach(async () => {
  purposes = [];
  server = createServer((_, response) => answer(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function trial(baseUrl: string, key: string | null = 'sk-secret-1234') {
  const connection = ModelConnection.parse({ id: 'a', name: 'A', protocol: 'openai', baseUrl });
  const ledger = {
    fetchFor: (purpose: EgressPurpose) => {
      purposes.push(purpose);
      return fetch;
    },
    settle: () => undefined,
  };
  return testConnection({ connection, model: 'gpt-4o-mini', secrets: { key, header: null }, ledger }).catch(
    (cause: unknown) => {
      if (cause instanceof AppErrorException) return cause.error;
      throw cause;
    },
  );
}

const json = (status: number, message: string) => (response: ServerResponse) => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ error: { message } }));
};

it('says how long a word takes and what it costs', async () => {
  answer = (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const chunk = (rest: object): string =>
      `data: ${JSON.stringify({ id: 'x', object: 'chat.completion.chunk', ...rest })}\n\n`;
    response.write(chunk({ choices: [{ index: 0, delta: { role: 'assistant', content: 'ready' } }] }));
    response.write(chunk({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }));
    response.write(
      chunk({ choices: [], usage: { prompt_tokens: 20, completion_tokens: 1, total_tokens: 21 } }),
    );
    response.end('data: [DONE]\n\n');
  };
  expect(await trial(`${origin}/v1`)).toMatchObject({ inputTokens: 20, outputTokens: 1, costMicros: 4 });
  expect(purposes).toMatchObject([{ kind: 'connection_test', task: null }]);
});

it.each([
  ['MODEL_KEY_NOT_ACCEPTED', json(401, 'Incorrect API key provided: sk-secret-1234')],
  ['MODEL_NAME_UNKNOWN', json(404, 'The model `gpt-4o-mini` does not exist')],
  ['MODEL_PATH_UNKNOWN', json(404, 'page not here')],
  ['MODEL_NO_QUOTA', json(429, 'You exceeded your current quota, please check your plan')],
  ['MODEL_SERVICE_BUSY', json(429, 'Rate limit reached')],
  ['MODEL_SERVICE_BUSY', json(503, 'loading')],
  ['MODEL_REQUEST_NOT_TAKEN', json(400, 'messages: unknown field')],
  [
    'MODEL_OTHER_PROTOCOL',
    (response: ServerResponse) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end('<html></html>');
    },
  ],
  [
    'MODEL_OTHER_PROTOCOL',
    (response: ServerResponse) => response.setHeader('content-type', 'application/json').end('{}'),
  ],
  [
    'MODEL_REDIRECTED',
    (response: ServerResponse) => response.writeHead(301, { location: 'https://elsewhere.invalid' }).end(),
  ],
] as const)('tells %s', async (code, given) => {
  answer = given;
  const error = await trial(`${origin}/v1`);
  expect(error).toMatchObject({ code });
  expect(JSON.stringify(error)).not.toContain('sk-secret');
});

it('tells why an address is not reached', async () => {
  expect(await trial('http://nowhere.invalid/v1')).toMatchObject({ code: 'MODEL_HOST_UNKNOWN' });
  expect(await trial(origin.replace('http:', 'https:'))).toMatchObject({ code: 'MODEL_CERTIFICATE_REFUSED' });
  expect(await trial(`${origin}/v1`, null)).toMatchObject({ code: 'MODEL_KEY_MISSING' });
  await new Promise((resolve) => server.close(resolve));
  expect(await trial(`${origin}/v1`)).toMatchObject({ code: 'MODEL_NOTHING_LISTENS' });
});
