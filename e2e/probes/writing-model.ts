import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { ModelSettings } from '../../shared/domain/model-settings.js';

/** What the model does with one question. */
export interface Answer {
  /** Lines of its answer, in order. */
  readonly lines: readonly string[];
  /** After how many lines it stops until `goOn` is called; all at once when left out. */
  readonly pausesAfter?: number;
  /** Whether the line dies where it would go on. */
  readonly dies?: boolean;
}

/** A chat service on the loopback that says what a test gave it, as slowly as the test wants. */
export interface WritingModel {
  readonly address: string;
  /** What it says from now on. */
  answer(next: Answer): void;
  /** Lets a paused answer go on, or die. */
  goOn(): void;
  close(): Promise<void>;
}

export async function startWritingModel(): Promise<WritingModel> {
  let current: Answer = { lines: [] };
  // Made with the answer, so that whoever lets it go on before it paused is not forgotten.
  let released = Promise.resolve();
  let goOn: () => void = () => undefined;

  const write = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    incoming.resume();
    const { lines, pausesAfter, dies = false } = current;
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const send = (rest: object): void =>
      void response.write(
        `data: ${JSON.stringify({ id: 'x', object: 'chat.completion.chunk', ...rest })}\n\n`,
      );
    for (const [at, line] of lines.entries()) {
      if (at === pausesAfter) {
        await released;
        if (dies) return void response.destroy();
      }
      send({ choices: [{ index: 0, delta: { role: 'assistant', content: `${line}\n` } }] });
    }
    send({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] });
    send({ choices: [], usage: { prompt_tokens: 900, completion_tokens: 100, total_tokens: 1000 } });
    response.end('data: [DONE]\n\n');
  };

  const server = createServer((incoming, response) => void write(incoming, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/v1`,
    answer: (next) => {
      current = next;
      released = new Promise((resolve) => (goOn = resolve));
    },
    goOn: () => goOn(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Settings that let it write, and leave everything else to the local strategies. */
export function settingsFor(address: string): ModelSettings {
  const local = { models: [] };
  return {
    isOn: true,
    connections: [
      {
        ...{ id: 'loopback', name: 'Loopback', protocol: 'openai', baseUrl: address, needsKey: false },
        ...{ keyVariable: null, keyHeader: 'bearer', apiVersion: null, headers: {}, secretHeader: null },
      },
    ],
    models: [{ id: 'writer', connection: 'loopback', model: 'writer-1', contextTokens: 32_000 }],
    main: ['writer'],
    small: [],
    routes: { intent: local, retrieval: local, tools: local, critique: local, screening: local },
    limits: {
      ...{ dailyCostMicros: null, dailyTokens: null, dailyCalls: null },
      ...{ atLimit: 'local', cheaperModel: null },
    },
    prices: [],
    usesCache: false,
  };
}
