import { leavesUnanswered } from '../../shared/domain/suggestion.js';
import type { Intent } from '../../shared/domain/intent.js';
import type { Team } from '../../shared/domain/team.js';
import type { Warning } from '../../shared/domain/suggestion.js';
import { matchRules } from '../../shared/guardrails/match-rules.js';
import { canQuote } from './can-quote.js';
import type { StateUpdate, SuggestionState, Withheld } from './state.js';
import { sentencesOf } from './text/sentences.js';

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
 * question that must be asked first. Where the team's policy says so, a person takes over when there is no answer for the n-th time in a row;
 * `unansweredBefore` is how often that was so just before.
 */
export function joinFacts(state: JoinState, team: Team, unansweredBefore = 0): StateUpdate {
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
  const handedOver =
    intent && withheld && leavesUnanswered(withheld.reason)
      ? withoutAnswerAgain(intent, team, unansweredBefore + 1)
      : null;
  const ruled = rulesMet(state.customerTurn?.text ?? '', team);
  return {
    withheld,
    warnings: [...unsupported, ...ruled],
    ...(handedOver ? { customerIntent: handedOver } : {}),
  };
}

/** How much of a long message the team's rules look at. */
const RULED_CHARACTERS = 20_000;

/** What a lead wants reps to notice in what customers write; each rule once. */
function rulesMet(text: string, { profile }: Team): Warning[] {
  const { rules } = profile.guardrails;
  if (!rules.some(({ appliesTo }) => appliesTo === 'customer')) return [];
  const sentences = sentencesOf(text.slice(0, RULED_CHARACTERS));
  const met = new Map(
    sentences.flatMap((sentence) =>
      matchRules(sentence.text, rules, 'customer').map(({ rule }) => [rule.id, rule] as const),
    ),
  );
  return [...met.values()].map(({ title, message }) => ({
    code: 'guardrail',
    message: `${title}: ${message}`,
  }));
}

/** The intent with the rule for missing answers, when as many in a row are enough for it; a rule that fired already stays. */
function withoutAnswerAgain(intent: Intent, { escalation }: Team, times: number): Intent | null {
  const rule = escalation.find(({ reason }) => reason === 'no_evidence');
  if (rule?.limit === undefined || times < rule.limit || intent.escalation) return null;
  const { reason, label, team } = rule;
  return { ...intent, escalation: { reason, label, words: [], team } };
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
