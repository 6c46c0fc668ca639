import type { ModelConnection } from './model-settings.js';

/** A service as it is usually reached; the rep changes what differs. */
export interface ModelPreset extends Pick<ModelConnection, 'protocol' | 'baseUrl' | 'needsKey'> {
  readonly id: string;
  readonly name: string;
  /** A name that works there, as an example in the empty field. */
  readonly exampleModel: string;
  readonly keyHeader?: ModelConnection['keyHeader'];
  readonly secretHeader?: string;
  readonly headers?: ModelConnection['headers'];
}

/** Addresses from the documentation of each service. */
export const modelPresets: readonly ModelPreset[] = [
  preset('openai', 'OpenAI', 'openai', 'https://api.openai.com/v1', 'gpt-5-mini'),
  preset('anthropic', 'Anthropic', 'anthropic', 'https://api.anthropic.com', 'claude-haiku-4-5'),
  preset(
    'google',
    'Google Gemini',
    'google',
    'https://generativelanguage.googleapis.com',
    'gemini-2.5-flash',
  ),
  {
    ...preset(
      'azure',
      'Azure OpenAI',
      'openai',
      'https://NAME.openai.azure.com/openai/v1',
      'name of the deployment',
    ),
    keyHeader: 'api-key',
  },
  { ...preset('ollama', 'Ollama', 'openai', 'http://127.0.0.1:11434/v1', 'llama3.1:8b'), needsKey: false },
  { ...preset('llamacpp', 'llama.cpp', 'openai', 'http://127.0.0.1:8080/v1', 'default'), needsKey: false },
  {
    ...preset('vllm', 'vLLM', 'openai', 'http://127.0.0.1:8000/v1', 'meta-llama/Llama-3.1-8B-Instruct'),
    needsKey: false,
  },
  {
    ...preset('openrouter', 'OpenRouter', 'openai', 'https://openrouter.ai/api/v1', 'openai/gpt-5-mini'),
    headers: { 'X-Title': 'Cuecard' },
  },
  {
    ...preset('helicone', 'Helicone (OpenAI)', 'openai', 'https://oai.helicone.ai/v1', 'gpt-5-mini'),
    secretHeader: 'Helicone-Auth',
  },
  preset('other', 'Other (OpenAI protocol)', 'openai', 'https://', 'name of the model'),
];

function preset(
  id: string,
  name: string,
  protocol: ModelConnection['protocol'],
  baseUrl: string,
  exampleModel: string,
): ModelPreset {
  return { id, name, protocol, baseUrl, exampleModel, needsKey: true };
}
