import type { BaseMessage } from '@langchain/core/messages';

import type { ModelConnection } from '../../../shared/domain/model-settings.js';
import type { ChatTurn } from '../chat-model.js';
import type { ConnectionSecrets } from '../key-vault.js';
import type { JsonSchema } from './json-form.js';

/** In which shape the answer is wanted. */
export type AnswerShape =
  | { readonly kind: 'text' }
  | { readonly kind: 'form'; readonly name: string; readonly schema: JsonSchema; readonly isNative: boolean }
  | { readonly kind: 'tools'; readonly tools: readonly ToolSchema[] };

export interface ToolSchema {
  readonly name: string;
  readonly description: string;
  readonly schema: JsonSchema;
}

/** One request to one model. */
export interface ProviderRequest {
  readonly connection: ModelConnection;
  readonly secrets: ConnectionSecrets;
  readonly model: string;
  readonly turns: readonly ChatTurn[];
  readonly temperature: number | null;
  readonly maxOutputTokens: number;
  /** True for models that only know `max_completion_tokens`. */
  readonly usesCompletionLimit: boolean;
  readonly shape: AnswerShape;
  /** Ends the request and closes its socket. */
  readonly signal: AbortSignal;
  readonly fetch: typeof fetch;
}

/** How the answer ended. `unknown` when the stream ended without saying so. */
export type Finish = 'complete' | 'length' | 'refused' | 'unknown';

/** What stands behind all pieces of text. */
export interface ProviderEnd {
  readonly finish: Finish;
  readonly usage: { readonly inputTokens: number; readonly outputTokens: number } | null;
  /** Chosen tools with their input as JSON text, in order. */
  readonly tools: readonly { readonly name: string; readonly input: string }[];
}

/** Streams one answer: pieces of text (of the form as JSON, where one is wanted), then its end. Throws what its package throws. */
export type AskProvider = (request: ProviderRequest) => AsyncGenerator<string, ProviderEnd>;

/** What LangChain's chat models stream; their own types differ in what they do not share. */
export interface StreamingChatModel {
  stream(
    messages: BaseMessage[],
    options: Record<string, unknown>,
  ): Promise<AsyncIterable<import('@langchain/core/messages').AIMessageChunk>>;
}
