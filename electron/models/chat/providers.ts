import type { ModelProtocol } from '../../../shared/domain/model-settings.js';
import { askAnthropic } from './anthropic-provider.js';
import { askGoogle } from './google-provider.js';
import { askOpenAi } from './openai-provider.js';
import type { AskProvider } from './provider.js';

/** LangChain sends every prompt to LangSmith where one of these is set, past the privacy guard and the ledger. */
const TRACING = [
  'LANGSMITH_TRACING_V2',
  'LANGCHAIN_TRACING_V2',
  'LANGSMITH_TRACING',
  'LANGCHAIN_TRACING',
] as const;

/** The packages add these to every request, past the settings. */
const HEADERS = ['OPENAI_CUSTOM_HEADERS', 'ANTHROPIC_CUSTOM_HEADERS'] as const;

/** Keeps LangChain from copying what customers wrote to a tracing service, and from headers of the environment, however this process was started. */
export function forbidTracing(env: NodeJS.ProcessEnv = process.env): void {
  for (const name of TRACING) env[name] = 'false';
  for (const name of HEADERS) Reflect.deleteProperty(env, name);
}

/** The ways to ask a model, by the protocol of its connection. */
export const providers: Readonly<Record<ModelProtocol, AskProvider>> = {
  openai: askOpenAi,
  anthropic: askAnthropic,
  google: askGoogle,
};
