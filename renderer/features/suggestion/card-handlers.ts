import type { Evidence, Span } from '../../../shared/domain/evidence.js';

/** What a rep can do from the card; `app/` ties each to the composer, the clipboard and the feedback. */
export interface CardHandlers {
  readonly insert: () => void;
  readonly edit: () => void;
  readonly copy: () => void;
  readonly alternative: () => void;
  readonly reject: () => void;
  readonly copyNote: () => void;
  readonly addNote: () => void;
  readonly insertPassage: (evidence: Evidence) => void;
  /** `cited` is the part of the passage a sentence stands on, null when the whole passage is meant. */
  readonly openSource: (evidence: Evidence, cited: Span | null) => void;
  readonly retry: () => void;
  readonly stop: () => void;
}
