import { createServer, connect, type AddressInfo, type Socket } from 'node:net';

import { LLMock, type ChatCompletionRequest } from '@copilotkit/aimock';

/** A service that speaks OpenAI's protocol, behind a wire that keeps every byte it is sent: request line, headers and body as they travel. */
export interface TappedModel {
  /** Base address of the protocol. */
  readonly url: string;
  /** All that was received so far. */
  received(): Buffer;
  close(): Promise<void>;
}

/** Answers each kind of question a stage asks with something the stage takes, made of what it was shown. */
export async function tappedModelForTests(): Promise<TappedModel> {
  const server = await LLMock.create({ port: 0, host: '127.0.0.1', strict: true });
  server.on({}, (request) => answerTo(request));
  const behind = Number(new URL(server.url).port);
  const bytes: Buffer[] = [];
  const sockets = new Set<Socket>();
  const tap = createServer((socket) => {
    const onward = connect(behind, '127.0.0.1');
    for (const one of [socket, onward]) {
      sockets.add(one);
      // One side closes, the other follows; a reset is no failure of the test.
      one.on('error', () => undefined).on('close', () => (socket.destroy(), onward.destroy()));
    }
    socket.on('data', (chunk: Buffer) => bytes.push(chunk));
    socket.pipe(onward).pipe(socket);
  });
  await new Promise<void>((done) => tap.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${String((tap.address() as AddressInfo).port)}/v1`,
    received: () => Buffer.concat(bytes),
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => tap.close(done));
      await server.stop();
    },
  };
}

function answerTo(request: ChatCompletionRequest): { content: string } | { toolCalls: ToolCall[] } {
  const text = request.messages.map(({ content }) => textOf(content)).join('\n');
  const order = /\[ORDER_\d+\]/.exec(text)?.[0] ?? 'HP-000000';
  if (request.tools?.length)
    return { toolCalls: [{ name: 'look_up_order', arguments: JSON.stringify({ orderId: order }) }] };
  const form = formNameOf(request);
  if (form !== null) return { content: JSON.stringify(filled(form, text, order)) };
  return { content: text.includes('Rewrite the message') ? rewritten(text) : drafted(text) };
}

interface ToolCall {
  readonly name: string;
  readonly arguments: string;
}

function filled(form: string, text: string, order: string): unknown {
  switch (form) {
    case 'intent':
      return { intent: 'none' };
    case 'questions':
      return { questions: [`How are goods of ${order} returned?`] };
    case 'verdicts':
      return { verdicts: [] };
    case 'handover':
      return { summary: `It is about ${order}.`, customerWants: 'A person.', openQuestions: [] };
    default:
      return text.includes('Write the note')
        ? { note: `The customer asked about ${order}.` }
        : { summary: `The customer asks about ${order}.`, openQuestions: [] };
  }
}

/** What the passage about the lamp says of 30 days, as a reply that cites it. */
function drafted(text: string): string {
  const passages = [...text.matchAll(/<<passage (E\d+) [^>]*>>([\s\S]*?)<<END/g)];
  const [, id = 'E1', body = ''] =
    passages.find(([, , one]) => /l[aá]mp/i.test(one ?? '') && /\b30\b/.test(one ?? '')) ?? [];
  const line = body.split('\n').find((one) => /\b30\b/.test(one)) ?? '| Thank you.';
  return `${line.replace(/^\| ?/, '').split('. ')[0] ?? ''}. [${id}]\n`;
}

const rewritten = (text: string): string =>
  /<<draft [^>]*>>([\s\S]*?)<<END/.exec(text)?.[1]?.replace(/^\| ?/gm, '').trim() ?? '';

const textOf = (content: ChatCompletionRequest['messages'][number]['content']): string =>
  typeof content === 'string' ? content : JSON.stringify(content ?? '');

function formNameOf(request: ChatCompletionRequest): string | null {
  const format = request['response_format'] as { json_schema?: { name?: string } } | undefined;
  return format?.json_schema?.name ?? null;
}
