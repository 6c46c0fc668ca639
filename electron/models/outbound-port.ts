import type { EgressKind } from '../../shared/domain/egress-entry.js';
import type { ModelTask } from '../../shared/domain/model-run.js';
import type { PrivateValue } from './chat-model.js';

/** What leaves instead of what was written, and the way back. */
export interface Disguised {
  readonly texts: readonly string[];
  /** How many values of each kind were replaced. */
  readonly replaced: Readonly<Record<string, number>>;
  /** How many values of each kind were seen and left as they are, by the settings. */
  readonly kept?: Readonly<Record<string, number>>;
  /** Puts the private values back into what a model wrote; unknown placeholders stay as they are. */
  readonly restore: (text: string) => string;
  /** The same for a text that comes in pieces: holds a possible placeholder back until it is whole. `end` gives what is left. */
  readonly restoreStream: () => { push(piece: string): string; end(): string };
}

/** Decides what may leave the machine. Implemented by electron/privacy. */
export interface OutboundGuard {
  /**
   * Replaces personal data by the settings of this computer; null where they forbid to send. Texts are as people wrote them or as they were
   * restored: a placeholder that already stands in one is taken for somebody's words and restored as such.
   */
  disguise(request: {
    readonly conversationId: string;
    readonly texts: readonly string[];
    readonly privateValues: readonly PrivateValue[];
  }): Disguised | null;
}

/** The guard of texts that belong to no conversation, such as a question to an embedding service. */
export interface TextGuard {
  /** False while the settings of this computer let no text leave at all. */
  maySend(): boolean;
  /** As {@link OutboundGuard.disguise}; the placeholders mean nothing later. */
  disguiseOnce(texts: readonly string[]): Disguised | null;
}

/** What a request is about, for the ledger. */
export interface EgressPurpose {
  readonly kind: EgressKind;
  readonly task: ModelTask | null;
  readonly runId: string | null;
  readonly conversationId: string | null;
  readonly replaced: Readonly<Record<string, number>>;
  readonly kept?: Readonly<Record<string, number>>;
}

/** Writes down every request byte for byte before it leaves. Implemented by electron/privacy. */
export interface EgressLedger {
  /** A `fetch` for one call: each request it makes (retries too) becomes one entry, written before the socket opens. */
  fetchFor(purpose: EgressPurpose): typeof fetch;
  /** Adds what a finished call used to its entries. */
  settle(
    runId: string,
    task: ModelTask,
    usage: {
      readonly inputTokens: number;
      readonly outputTokens: number;
      readonly costMicros: number | null;
    },
  ): void;
}
