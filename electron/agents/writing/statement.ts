import type { Citation, DraftSentence } from '../../../shared/domain/draft.js';

/** A sentence before it has its number. */
export type Statement = Omit<DraftSentence, 'id'>;

export function courtesy(text: string, lead: DraftSentence['lead'], citations: Citation[] = []): Statement {
  return { text, role: 'courtesy', citations, lead };
}

export function claim(text: string, lead: DraftSentence['lead'], citations: Citation[]): Statement {
  return { text, role: 'claim', citations, lead };
}

/** Numbers sentences in reading order: `S1`, `S2`, ... */
export function numbered(statements: readonly Statement[]): DraftSentence[] {
  return statements.map((statement, at) => ({ id: `S${String(at + 1)}`, ...statement }));
}
