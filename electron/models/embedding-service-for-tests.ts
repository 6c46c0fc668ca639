import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { z } from 'zod';

const Request = z.object({
  model: z.string(),
  input: z.array(z.string()),
  encoding_format: z.enum(['float', 'base64']).optional(),
  dimensions: z.number().optional(),
});
export type EmbeddingRequest = z.infer<typeof Request>;

/** What the service does instead of answering well; null answers well. */
export type Fault = (
  request: EmbeddingRequest,
  response: ServerResponse,
  vectors: readonly (readonly number[])[],
) => boolean;

export interface ServiceForTests {
  readonly baseUrl: string;
  readonly requests: (EmbeddingRequest & {
    readonly key: string | undefined;
    readonly organization: unknown;
  })[];
  /** Faults are used up one by one; `true` from one means it answered itself. */
  readonly faults: Fault[];
  close(): Promise<void>;
}

const DIMENSIONS = 48;
const MEANINGS = ['return send back', 'item product', 'i', 'a an the', 'parcel package', 'refund'];

/** A real embeddings service on the loopback: texts that share words or meanings get near vectors. */
export async function embeddingServiceForTests(): Promise<ServiceForTests> {
  const requests: ServiceForTests['requests'] = [];
  const faults: Fault[] = [];
  const answer = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const request = Request.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
    requests.push({
      ...request,
      key: incoming.headers.authorization,
      organization: incoming.headers['openai-organization'],
    });
    const vectors = request.input.map(vectorOf);
    if (faults.shift()?.(request, response, vectors)) return;
    sendVectors(response, vectors, request.encoding_format);
  };
  const server = createServer((incoming, response) => void answer(incoming, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/v1`,
    requests,
    faults,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export function sendVectors(
  response: ServerResponse,
  vectors: readonly (readonly number[])[],
  format: EmbeddingRequest['encoding_format'],
  indexOf = (i: number) => i,
): void {
  const data = vectors.map((vector, i) => ({
    object: 'embedding',
    index: indexOf(i),
    embedding:
      format === 'base64' ? Buffer.from(Float32Array.from(vector).buffer).toString('base64') : vector,
  }));
  response.setHeader('content-type', 'application/json');
  response.end(
    JSON.stringify({ object: 'list', data, model: 'tiny', usage: { prompt_tokens: 1, total_tokens: 1 } }),
  );
}

function vectorOf(text: string): number[] {
  const vector = new Array<number>(DIMENSIONS).fill(0.01);
  for (const word of text.toLowerCase().match(/[a-z]+/g) ?? []) {
    const meaning = MEANINGS.find((words) => words.split(' ').includes(word)) ?? word;
    let hash = 7;
    for (const letter of meaning) hash = (hash * 31 + letter.charCodeAt(0)) % 9973;
    vector[hash % DIMENSIONS] = (vector[hash % DIMENSIONS] ?? 0) + 1;
  }
  return vector;
}
