import type { CritiqueIssue } from '../../../shared/domain/critique.js';

/** An issue about the whole sentence without a fix, or with what `part` adds. */
export function issueOf(
  kind: CritiqueIssue['kind'],
  message: string,
  part: Partial<Pick<CritiqueIssue, 'words' | 'fix'>> = {},
): CritiqueIssue {
  return { kind, message, words: null, fix: null, ...part };
}
