import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A chat service on the loopback that speaks OpenAI's protocol, takes one key and knows one model. */
export interface ChatService {
  readonly address: string;
  /** Bodies of all requests it was sent. */
  readonly requests: string[];
  close(): Promise<void>;
}

/** Starts it. @param key the only one it takes. @param model the only one it knows. */
export async function startChatService(key: string, model: string): Promise<ChatService> {
  const requests: string[] = [];
  const answer = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    requests.push(body);
    if (incoming.headers.authorization !== `Bearer ${key}`)
      return refuse(response, 401, 'Incorrect API key provided.');
    const asked = (JSON.parse(body) as { model: string }).model;
    if (asked !== model) return refuse(response, 404, `The model \`${asked}\` does not exist.`);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const send = (rest: object): void =>
      void response.write(
        `data: ${JSON.stringify({ id: 'x', object: 'chat.completion.chunk', ...rest })}\n\n`,
      );
    send({ choices: [{ index: 0, delta: { role: 'assistant', content: 'ready' } }] });
    send({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] });
    send({ choices: [], usage: { prompt_tokens: 24, completion_tokens: 1, total_tokens: 25 } });
    response.end('data: [DONE]\n\n');
  };
  const server = createServer((incoming, response) => void answer(incoming, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/v1`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ error: { message } }));
}
