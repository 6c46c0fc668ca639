import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { expect, it } from 'vitest';

import { leakedOf } from './leaked-for-tests.js';
import { mayLeave, outboundBytes } from './watch-outbound-for-tests.js';

// Catches a watch that sees nothing, and so would find no leak in any other file.
it('sees what leaves for a model, in address, headers and body, and nothing else', async () => {
  mayLeave('Femke de Vries');
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.end('{"answer":"Siobhan Kearney"}'));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const base = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const post = (path: string, header: string, body: string | ReadableStream): Promise<string> =>
    fetch(`${base}${path}`, {
      ...{ method: 'POST', headers: { 'x-note': header }, body, duplex: 'half' },
    }).then((response) => response.text());

  await post('/v1/chat/completions?who=adalbert', 'in-a-header', '{"text":"Femke de Vries"}');
  await post('/feedback', 'for-the-hub', 'to the hub');
  await post('/v1/embeddings', 'second', new Blob(['in a stream']).stream());
  server.closeAllConnections();
  await new Promise((done) => server.close(done));

  const values = ['adalbert', 'in-a-header', 'Femke de Vries', 'for-the-hub', 'to the hub', 'in a stream'];
  expect(leakedOf(outboundBytes(), [...values, 'Siobhan Kearney'])).toEqual([
    ...['adalbert', 'in-a-header', 'Femke de Vries', 'in a stream'],
  ]);
});

// Catches a grep that only knows one way to write a value.
it('knows a value in each spelling a request can carry', () => {
  const spelled = ['Zoé "X"', 'Zo\\u00e9 \\"X\\"', 'Zo%C3%A9%20%22X%22', 'ZOÉ "x"'];
  for (const one of spelled) expect(leakedOf(Buffer.from(one), ['Zoé "X"']), one).toHaveLength(1);
  expect(leakedOf(Buffer.from('tel:+442079460821'), ['+44 20 7946 0821'])).toHaveLength(1);
  expect(leakedOf(Buffer.from('[NAME_1]'), ['Zoé'])).toEqual([]);
});
