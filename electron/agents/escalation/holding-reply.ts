import type { Draft } from '../../../shared/domain/draft.js';
import type { Team } from '../../../shared/domain/team.js';
import { greeting } from '../writing/courtesies.js';
import { createFactBook } from '../writing/fact-book.js';
import { macroSentences } from '../writing/macro-sentences.js';
import { courtesy, numbered } from '../writing/statement.js';

/** The macro every team may have for the time until a person answers. */
const HOLDING_MACRO = 'holding_reply_escalation';

/**
 * What the rep may send until the next human is there: the team's vetted holding text and nothing else. No facts, no rules, no closing
 * that invites a question. Null when the team has no such macro.
 */
export function holdingReply(team: Team, customerName: string): Draft | null {
  const macro = team.macros.find(({ id }) => id === HOLDING_MACRO);
  const written = macro ? macroSentences(macro, createFactBook([])) : null;
  if (!written) return null;
  const { signature } = team.profile.voice;
  const sentences = numbered([
    greeting(team.profile, customerName),
    ...written,
    ...(signature === '' ? [] : [courtesy(signature, 'paragraph')]),
  ]);
  return { sentences, variant: 'standard', revision: 0 };
}
