import type { ModelFailure, ModelUsage } from '../../../shared/domain/model-run.js';
import type { ChatCall } from '../chat-model.js';
import type { ProviderEnd } from './provider.js';
import type { Wanted } from './wanted.js';

/** What a model said to one question, private values still replaced, and the way to put them back. */
export interface RawAnswer {
  readonly text: string;
  readonly tools: ProviderEnd['tools'];
  readonly restore: (text: string) => string;
  readonly usage: ModelUsage;
  /** Of the time limit of the call, in milliseconds. */
  readonly leftMs: number;
  /** Keeps it for equal questions, where that is allowed; to be called once it is known to be good. */
  readonly keep: () => void;
}

export type RawOutcome =
  { readonly ok: true; readonly value: RawAnswer } | { readonly ok: false; readonly failure: ModelFailure };

/** Asks once, through the whole way out and back. Never throws. */
export type AskOnce = (
  call: ChatCall,
  wanted: Wanted,
  onText?: (piece: string) => void,
  onRestart?: () => void,
) => Promise<RawOutcome>;
