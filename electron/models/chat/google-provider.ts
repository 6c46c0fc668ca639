import type { ChatGoogleGenerativeAI } from '@langchain/google-genai';

import type { AnswerShape, AskProvider, ProviderRequest } from './provider.js';
import { PLACEHOLDER_ORIGIN, withFetch } from './scoped-fetch.js';
import { streamAnswer } from './stream-answer.js';

/** Gemini through `@langchain/google-genai`, whose package takes no `fetch` and so runs within {@link withFetch}. */
export const askGoogle: AskProvider = (request) =>
  withFetch(request.fetch, request.connection.baseUrl, async function* () {
    return yield* streamAnswer({
      model: await googleModel(request),
      turns: request.turns,
      signal: request.signal,
      call: shapeOptions(request.shape),
      formTool: null,
    });
  });

/** The package is loaded with its first call: most starts of the app need none of the three. */
async function googleModel(request: ProviderRequest): Promise<ChatGoogleGenerativeAI> {
  const { ChatGoogleGenerativeAI: Model } = await import('@langchain/google-genai');
  const { connection, secrets, model, temperature, maxOutputTokens } = request;
  const { headers, secretHeader } = connection;
  const gemini = new Model({
    model,
    apiKey: secrets.key ?? 'none',
    baseUrl: PLACEHOLDER_ORIGIN,
    ...(temperature === null ? {} : { temperature }),
    maxOutputTokens,
    maxRetries: 0,
    customHeaders: {
      ...headers,
      ...(secretHeader !== null && secrets.header !== null ? { [secretHeader]: secrets.header } : {}),
    },
  });
  settleQuietly(gemini);
  return gemini;
}

interface StreamingClient {
  generateContentStream(...input: readonly unknown[]): Promise<{ readonly response: Promise<unknown> }>;
}

/**
 * Google's package makes of each stream a promise of the whole answer as well, which LangChain does not take: when the stream
 * breaks, that promise is rejected and nobody is there to hear it.
 */
function settleQuietly(gemini: ChatGoogleGenerativeAI): void {
  const { client } = gemini as unknown as { readonly client: StreamingClient };
  const stream = client.generateContentStream.bind(client);
  client.generateContentStream = async (...input) => {
    const streaming = await stream(...input);
    streaming.response.catch(() => undefined);
    return streaming;
  };
}

function shapeOptions(shape: AnswerShape): Record<string, unknown> {
  switch (shape.kind) {
    case 'text':
      return {};
    case 'form':
      return shape.isNative ? { responseSchema: shape.schema } : {};
    case 'tools':
      return {
        tools: [
          {
            functionDeclarations: shape.tools.map(({ name, description, schema }) => ({
              ...{ name, description },
              parameters: schema,
            })),
          },
        ],
      };
  }
}
