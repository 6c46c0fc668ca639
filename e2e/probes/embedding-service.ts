import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A service with the embeddings protocol of OpenAI on this machine. */
export interface EmbeddingService {
  readonly address: string;
  /** Every text it was sent. */
  readonly texts: readonly string[];
  /** Requests of more than one text, as passages come, wait until this is called. */
  readonly letThrough: () => void;
  close(): Promise<void>;
}

const DIMENSIONS = 64;

/** Starts it; it knows one key, and texts with the same words get near vectors. */
export async function startEmbeddingService(key: string): Promise<EmbeddingService> {
  const texts: string[] = [];
  let letThrough: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (letThrough = resolve));
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    if (request.url !== '/v1/embeddings') return void response.writeHead(404).end('{}');
    if (request.headers.authorization !== `Bearer ${key}`) return void response.writeHead(401).end('{}');
    const { input } = JSON.parse(Buffer.concat(parts).toString()) as { input: string[] };
    texts.push(...input);
    if (input.length > 1) await opened;
    const data = input.map((text, index) => ({ index, embedding: vectorOf(text) }));
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ data }));
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/v1`,
    texts,
    letThrough: () => letThrough(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function vectorOf(text: string): number[] {
  const vector = new Array<number>(DIMENSIONS).fill(0.01);
  for (const word of text.toLowerCase().match(/[a-z]{3,}/g) ?? []) {
    let hash = 7;
    for (const letter of word) hash = (hash * 31 + letter.charCodeAt(0)) % 9973;
    vector[hash % DIMENSIONS] = (vector[hash % DIMENSIONS] ?? 0) + 1;
  }
  return vector;
}
