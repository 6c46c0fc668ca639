import type { Escalation } from '../../../shared/domain/intent.js';
import type { EscalationRule } from '../../../shared/domain/team.js';
import { sentencesOf } from '../text/sentences.js';
import { compileRule, wordsThatFire } from './escalation-phrases.js';
import type { Mood } from './sentiment.js';
import type { Span } from '../text/text-spans.js';

/** What the policy said, and the sentences it said it about. */
export interface EscalationFinding {
  readonly escalation: Escalation;
  readonly rule: EscalationRule;
  /** Sentences that hold the words, in the text that was read. */
  readonly sentences: readonly Span[];
}

export interface EscalationInput {
  /** The newest customer turn. */
  readonly text: string;
  readonly mood: Mood;
  /** Contacts about the same issue, the newest turn included: turns a rep has answered, and earlier conversations. */
  readonly contacts: number;
}

/** Sentences are cut: a rule of the team must never cost more than a moment. */
const MAX_SENTENCE_CHARACTERS = 600;
const MAX_WORDS = 5;

/**
 * Makes the team's policy ready for use: the first rule whose words the customer wrote, else the first whose limit is reached.
 * Words that are denied ("no need for a lawyer") or quoted from others do not count.
 */
export function createEscalationPolicy(rules: readonly EscalationRule[]) {
  const compiled = rules.map(compileRule);

  return function decide({ text, mood, contacts }: EscalationInput): EscalationFinding | null {
    const sentences = sentencesOf(text.replaceAll('\u2019', "'"));
    for (const each of compiled) {
      const hits = sentences.flatMap((sentence) => {
        const words = wordsThatFire(sentence.text.slice(0, MAX_SENTENCE_CHARACTERS), each);
        return words.length > 0 ? [{ sentence, words }] : [];
      });
      if (hits.length === 0) continue;
      return finding(
        each.rule,
        [...new Set(hits.flatMap((hit) => hit.words))],
        hits.map(({ sentence }) => sentence),
      );
    }
    return byLimit(rules, mood, contacts);
  };
}

function byLimit(rules: readonly EscalationRule[], mood: Mood, contacts: number): EscalationFinding | null {
  const rule = rules.find(({ reason, limit }) => {
    if (limit === undefined) return false;
    if (reason === 'anger') return mood.anger >= limit;
    return reason === 'repeated_contact' && contacts >= limit;
  });
  if (!rule) return null;
  return finding(rule, rule.reason === 'anger' ? mood.words : [], []);
}

/** From how many contacts about one issue on the policy wants a person; null when it does not count them. */
export function contactLimit(rules: readonly EscalationRule[]): number | null {
  return rules.find(({ reason }) => reason === 'repeated_contact')?.limit ?? null;
}

function finding(
  rule: EscalationRule,
  words: readonly string[],
  sentences: readonly Span[],
): EscalationFinding {
  const { reason, label, team } = rule;
  return { escalation: { reason, label, words: words.slice(0, MAX_WORDS), team }, rule, sentences };
}
