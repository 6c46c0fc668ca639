import type { ChatAnthropic } from '@langchain/anthropic';

import type { AnswerShape, AskProvider, ProviderRequest } from './provider.js';
import { streamAnswer } from './stream-answer.js';

/** Claude through `@langchain/anthropic`. A form is filled by making it call one tool, which every Claude model knows. */
export const askAnthropic: AskProvider = async function* (request) {
  return yield* streamAnswer({
    model: await anthropicModel(request),
    turns: request.turns,
    signal: request.signal,
    call: shapeOptions(request.shape),
    formTool: request.shape.kind === 'form' && request.shape.isNative ? request.shape.name : null,
  });
};

/** The package is loaded with its first call: most starts of the app need none of the three. */
async function anthropicModel(request: ProviderRequest): Promise<ChatAnthropic> {
  const { ChatAnthropic: Model } = await import('@langchain/anthropic');
  const { connection, secrets, model, temperature, maxOutputTokens, fetch } = request;
  const { baseUrl, headers, secretHeader } = connection;
  return new Model({
    model,
    apiKey: secrets.key ?? 'none',
    anthropicApiUrl: baseUrl,
    ...(temperature === null ? {} : { temperature }),
    maxTokens: maxOutputTokens,
    maxRetries: 0,
    clientOptions: {
      fetch,
      maxRetries: 0,
      logLevel: 'off',
      // From the environment otherwise; it would go out beside the key.
      authToken: null,
      defaultHeaders: {
        ...headers,
        ...(secretHeader !== null && secrets.header !== null ? { [secretHeader]: secrets.header } : {}),
      },
    },
  });
}

function shapeOptions(shape: AnswerShape): Record<string, unknown> {
  switch (shape.kind) {
    case 'text':
      return {};
    case 'form':
      return shape.isNative
        ? {
            tools: [{ name: shape.name, description: 'Takes the answer.', input_schema: shape.schema }],
            tool_choice: { type: 'tool', name: shape.name },
          }
        : {};
    case 'tools':
      return {
        tools: shape.tools.map(({ name, description, schema }) => ({
          name,
          description,
          input_schema: schema,
        })),
        tool_choice: { type: 'auto' },
      };
  }
}
