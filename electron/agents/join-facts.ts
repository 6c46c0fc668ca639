import type { Team } from '../../shared/domain/team.js';
import type { Warning } from '../../shared/domain/suggestion.js';
import { canQuote } from './can-quote.js';
import type { StateUpdate, SuggestionState, Withheld } from './state.js';

/** Below this a reply to a question that fits none of the team's intents is not risked. Confidence as in `SearchResult`. */
const OUT_OF_SCOPE_CONFIDENCE = 0.75;

type JoinState = Pick<
  SuggestionState,
  'customerIntent' | 'customerTurn' | 'warnings' | 'search' | 'toolCalls' | 'orderQuestion' | 'evidence'
>;

/**
 * Weighs what retrieval and tools brought: may there be a reply at all? Pure.
 *
 * A reply needs a language the team writes, something to answer, and either passages the search stands behind, a fact of a tool, or a
 * question that must be asked first.
 */
export function joinFacts(state: JoinState, team: Team): StateUpdate {
  const withheld = whyNoReply(state, team);
  const { customerIntent: intent, warnings } = state;
  const isWarned = warnings.some(({ code }) => code === 'language_unsupported');
  const unsupported: Warning[] =
    intent && !isWarned && !isSpoken(intent.language, team)
      ? [
          {
            code: 'language_unsupported',
            message: `The customer writes in a language (${intent.language}) the team does not answer in.`,
          },
        ]
      : [];
  return { withheld, warnings: unsupported };
}

function isSpoken(language: string, team: Team): boolean {
  return language === 'und' || team.profile.languages.includes(language);
}

function whyNoReply(state: JoinState, team: Team): Withheld | null {
  const { customerIntent: intent, customerTurn, search, toolCalls, orderQuestion } = state;
  if (!intent || !customerTurn || customerTurn.text.trim() === '') {
    return { reason: 'nothing_to_answer', message: 'The newest message has no text to answer.' };
  }
  if (customerTurn.isClosing) {
    return {
      reason: 'nothing_to_answer',
      message: 'The customer only says thanks or goodbye; there is no question.',
    };
  }
  if (!isSpoken(intent.language, team)) {
    return {
      reason: 'language_unsupported',
      message: 'The team does not answer in this language. Order facts and passages are below.',
    };
  }
  const hasFacts = toolCalls.some(({ facts, tool }) => facts.length > 0 && tool !== 'look_up_customer');
  const wasRefused = toolCalls.some(({ status }) => status === 'refused' || status === 'not_found');
  if (intent.label === null && !hasFacts && (search?.confidence ?? 0) < OUT_OF_SCOPE_CONFIDENCE) {
    return {
      reason: 'out_of_scope',
      message: 'This fits nothing the team has an answer for. These passages come closest.',
    };
  }
  if (canQuote(search, intent) || hasFacts || wasRefused || orderQuestion) return null;
  return {
    reason: 'no_evidence',
    message: 'Nothing in the knowledge answers this. These passages come closest.',
  };
}
