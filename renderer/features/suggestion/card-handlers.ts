import type { Evidence, Span } from '../../../shared/domain/evidence.js';
import type { RewriteAction } from '../../../shared/domain/rewrite.js';

/** What a rep can do from the card; `app/` ties each to the composer, the clipboard and the feedback. */
export interface CardHandlers {
  readonly insert: () => void;
  readonly edit: () => void;
  readonly copy: () => void;
  /** Takes the fix of a sentence; null for the one that needs it most. */
  readonly takeFix: (sentenceId: string | null) => void;
  /** Takes a sentence out of the reply; null for the first that nothing supports. */
  readonly takeOut: (sentenceId: string | null) => void;
  /** Takes all changes of the reply back. */
  readonly restore: () => void;
  /** Inserts the question to the customer, where there is no reply. */
  readonly askCustomer: () => void;
  /** Holds the suggestion on screen against a model that still writes, or lets go of it. */
  readonly togglePin: () => void;
  /** Shows the reply by the other strategy: local or model. */
  readonly switchStrategy: () => void;
  /** Says the reply in another way. */
  readonly rewrite: (action: RewriteAction) => void;
  /** Has the reply written in the next way. */
  readonly alternative: () => void;
  /** Shows one of the versions of the reply; `key` is its `versionKey`. */
  readonly chooseAlternative: (key: string) => void;
  readonly reject: () => void;
  readonly copyNote: () => void;
  readonly addNote: () => void;
  readonly insertPassage: (evidence: Evidence) => void;
  /** `cited` is the part of the passage a sentence stands on, null when the whole passage is meant. */
  readonly openSource: (evidence: Evidence, cited: Span | null) => void;
  readonly retry: () => void;
  readonly stop: () => void;
}
