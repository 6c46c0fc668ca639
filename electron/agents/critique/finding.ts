import type { CritiqueIssue } from '../../../shared/domain/critique.js';
import type { Span } from '../../../shared/domain/evidence.js';
import { issueOf } from './issue.js';

/** An issue with how bad it is: `fatal` makes the sentence unsupported, otherwise it is weak. */
export interface Finding {
  readonly issue: CritiqueIssue;
  readonly isFatal: boolean;
  /** What the source has in place of the marked words. */
  readonly replacement: string | null;
}

interface Part {
  readonly words?: Span | null;
  readonly replacement?: string | null;
}

export function fatal(kind: CritiqueIssue['kind'], message: string, part: Part = {}): Finding {
  return found(kind, message, true, part);
}

export function weak(kind: CritiqueIssue['kind'], message: string, part: Part = {}): Finding {
  return found(kind, message, false, part);
}

function found(
  kind: CritiqueIssue['kind'],
  message: string,
  isFatal: boolean,
  { words = null, replacement = null }: Part,
): Finding {
  return { issue: issueOf(kind, message, { words }), isFatal, replacement };
}
