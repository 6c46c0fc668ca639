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

/** Keeps LangChain from copying what customers wrote to a tracing service, however this process was started. */
export function forbidTracing(env: NodeJS.ProcessEnv = process.env): void {
  for (const name of TRACING) env[name] = 'false';
}

/** The ways to ask a model, by the protocol of its connection. */
export const providers: Readonly<Record<ModelProtocol, AskProvider>> = {
  openai: askOpenAi,
  anthropic: askAnthropic,
  google: askGoogle,
};
