import type { ChatOpenAICompletions } from '@langchain/openai';

import { isStrict } from './json-form.js';
import type { AnswerShape, AskProvider, ProviderRequest } from './provider.js';
import { streamAnswer } from './stream-answer.js';

/** The package wants a key even for a service that asks for none. */
const NO_KEY = 'none';

/**
 * Whatever speaks OpenAI's chat completions protocol, through `@langchain/openai`. Nothing is taken from the environment
 * (organization, project, another base address): what is not in the settings is not sent.
 */
export const askOpenAi: AskProvider = async function* (request) {
  return yield* streamAnswer({
    model: await openAiModel(request),
    turns: request.turns,
    signal: request.signal,
    call: shapeOptions(request.shape),
    formTool: null,
  });
};

/** The package is loaded with its first call: most starts of the app need none of the three. */
async function openAiModel(request: ProviderRequest): Promise<ChatOpenAICompletions> {
  const { ChatOpenAICompletions: Model } = await import('@langchain/openai');
  const { connection, secrets, model, temperature, maxOutputTokens, usesCompletionLimit } = request;
  const { baseUrl, keyHeader, apiVersion, headers, secretHeader } = connection;
  const key = secrets.key ?? NO_KEY;
  return new Model({
    model,
    apiKey: key,
    ...(temperature === null ? {} : { temperature }),
    ...(usesCompletionLimit
      ? { modelKwargs: { max_completion_tokens: maxOutputTokens } }
      : { maxTokens: maxOutputTokens }),
    maxRetries: 0,
    configuration: {
      baseURL: baseUrl,
      fetch: request.fetch,
      organization: null,
      project: null,
      maxRetries: 0,
      logLevel: 'off',
      ...(apiVersion === null ? {} : { defaultQuery: { 'api-version': apiVersion } }),
      defaultHeaders: {
        ...headers,
        ...(secretHeader !== null && secrets.header !== null ? { [secretHeader]: secrets.header } : {}),
        ...(keyHeader === 'api-key' ? { 'api-key': key, authorization: null } : {}),
        // A service that asks for no key gets none, not a made-up one.
        ...(secrets.key === null ? { authorization: null } : {}),
      },
    },
  });
}

function shapeOptions(shape: AnswerShape): Record<string, unknown> {
  switch (shape.kind) {
    case 'text':
      return {};
    case 'form': {
      const { name, schema } = shape;
      const json_schema = { name, schema, strict: isStrict(schema) };
      return shape.isNative ? { response_format: { type: 'json_schema', json_schema } } : {};
    }
    case 'tools':
      return {
        tools: shape.tools.map(({ name, description, schema }) => ({
          type: 'function',
          function: { name, description, parameters: schema },
        })),
        tool_choice: 'auto',
      };
  }
}
