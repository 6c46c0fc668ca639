import type { Escalation } from '../../../shared/domain/intent.js';
import type { EscalationRule } from '../../../shared/domain/team.js';
import { sentencesOf } from '../text/sentences.js';
import { ANGER_LIMIT, type Mood } from './sentiment.js';
import type { Span } from './text-spans.js';

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
  /** Customer turns on the same need that a rep answered without ending it, the newest included. */
  readonly turnsOnSameNeed: number;
}

/** From the third contact about the same thing a fourth answer of the same kind will not help. */
const REPEATED_FROM = 3;
const SAID_REPEATED =
  /\b(?:(?:this is|for|now) (?:now )?(?:already )?(?:my|the) (?:third|fourth|fifth|sixth|3rd|4th|5th|6th|tenth|10th|umpteenth) (?:time|e-?mail|message|mail|contact|request|attempt)|(?:asked|written|wrote|contacted you|called|e-?mailed|messaged|told you) (?:you )?(?:three|four|five|six|\d+|several|so many|countless) times|(?:third|fourth|fifth|3rd|4th|5th) time (?:i|that i|i'm|i am|we)\b)/iu;
/** Sentences are cut: a rule of the team must never cost more than a moment. */
const MAX_SENTENCE_CHARACTERS = 600;
const MAX_WORDS = 5;

/** Not cancelled by a "not" in front: the word itself is reason enough to look. */
const ALWAYS: ReadonlySet<string> = new Set(['self_harm']);
const NEGATORS =
  /\b(?:no need (?:to|for|of)|not|n't|never|without|no|nobody|nothing|don't|dont|do not|doesn't|didn't|won't|wouldn't|isn't|wasn't|rather not|instead of|refuse to|no intention (?:of|to)|no wish to|not going to|far from)\b/giu;
/** "I can't reach a person", "why don't you let me talk": the word "not" asks for it. */
const ASKS_DESPITE_NOT =
  /\b(?:can't|cannot|can not|couldn't|could not|unable to|why (?:can't|don't|won't|not)|never (?:get|got|reach|able)|nobody (?:lets|let)|not able to|if you (?:do not|don't)|unless)\b/iu;
/** "A bot is fine": whoever writes this does not mind the machine. */
const FINE_WITH =
  /\b(?:is|are) (?:fine|ok|okay|good enough|enough)\b|\b(?:don't|dont|do not) mind\b|\bhappy (?:with|to)\b/iu;
const MACHINE = /\b(?:bot|robot|chatbot|machine|computer|automated)\b/iu;
const CLAUSE_END = /[,;:\u2013\u2014]|\b(?:but|however|so|and)\b/giu;
const WORDS_BEFORE = 48;

/**
 * Makes the team's policy ready for use. Phrases may be regular expression sources; one that is no valid expression is
 * taken as plain words. Any case, on word boundaries of any script.
 */
export function createEscalationPolicy(rules: readonly EscalationRule[]) {
  const compiled = rules.map((rule) => ({ rule, patterns: rule.phrases.map(phrasePattern) }));

  return function decide({ text, mood, turnsOnSameNeed }: EscalationInput): EscalationFinding | null {
    const sentences = sentencesOf(text.replaceAll('\u2019', "'"));
    for (const { rule, patterns } of compiled) {
      const hits = sentences.flatMap((sentence) => {
        const words = wordsThatFire(sentence.text.slice(0, MAX_SENTENCE_CHARACTERS), patterns, rule);
        return words.length > 0 ? [{ sentence, words }] : [];
      });
      if (hits.length === 0) continue;
      const words = [...new Set(hits.flatMap((hit) => hit.words))].slice(0, MAX_WORDS);
      return finding(
        rule,
        words,
        hits.map(({ sentence }) => sentence),
      );
    }
    return byMood(rules, mood) ?? byRepetition(rules, text, turnsOnSameNeed);
  };
}

/** Word boundaries are checked apart and `u` is set only where needed: 130 Unicode patterns take 90 ms to compile. */
function phrasePattern(phrase: string): RegExp {
  const source = phrase.replaceAll(' ', '\\s+');
  try {
    return new RegExp(source, /\\[pu]\{|[^\0-\x7f]/iu.test(source) ? 'giu' : 'gi');
  } catch {
    return new RegExp(phrase.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&'), 'giu');
  }
}

const LETTER_BEFORE = /[\p{L}\p{N}]$/u;
const LETTER_AFTER = /^[\p{L}\p{N}]/u;

/** The first place of the pattern that begins and ends where words do. */
function firstWholeWords(sentence: string, pattern: RegExp): RegExpExecArray | null {
  for (const match of sentence.matchAll(pattern)) {
    const end = match.index + match[0].length;
    const touches =
      LETTER_BEFORE.test(sentence.slice(Math.max(0, match.index - 2), match.index)) ||
      LETTER_AFTER.test(sentence.slice(end, end + 2));
    if (match[0] !== '' && !touches) return match;
  }
  return null;
}

function wordsThatFire(sentence: string, patterns: readonly RegExp[], rule: EscalationRule): string[] {
  return patterns.flatMap((pattern) => {
    const match = firstWholeWords(sentence, pattern);
    if (!match) return [];
    const [words] = match;
    return isTakenBack(sentence, match.index, words, rule) ? [] : [words];
  });
}

/** Whether the clause around the words says the opposite: "no need for a lawyer", "I don't want to talk to a human". */
function isTakenBack(sentence: string, at: number, words: string, rule: EscalationRule): boolean {
  if (ALWAYS.has(rule.reason)) return false;
  const before = sentence.slice(Math.max(0, at - WORDS_BEFORE), at);
  const clauseStart = [...before.matchAll(CLAUSE_END)].at(-1);
  const clause = clauseStart ? before.slice(clauseStart.index + clauseStart[0].length) : before;
  const after = sentence.slice(at + words.length, at + words.length + WORDS_BEFORE);
  if (rule.reason === 'human_requested') {
    if (ASKS_DESPITE_NOT.test(clause)) return false;
    // "Not talking to a bot" asks for a person, "a bot is fine" does not.
    if (MACHINE.test(words)) return FINE_WITH.test(clause) || FINE_WITH.test(after);
  }
  const negators = clause.match(NEGATORS) ?? [];
  return negators.length % 2 === 1;
}

function byMood(rules: readonly EscalationRule[], { anger, words }: Mood): EscalationFinding | null {
  const rule = rules.find(({ reason }) => reason === 'anger');
  return rule && anger >= ANGER_LIMIT ? finding(rule, words.slice(0, MAX_WORDS), []) : null;
}

/** A team without a rule of its own for repeated contact gets one as its rule for people who ask for a person. */
function byRepetition(
  rules: readonly EscalationRule[],
  text: string,
  turns: number,
): EscalationFinding | null {
  const own = rules.find(({ reason }) => reason === 'repeated_contact');
  const fallback = rules.find(({ reason }) => reason === 'human_requested');
  const said = SAID_REPEATED.exec(text)?.[0];
  if (!said && turns < REPEATED_FROM) return null;
  const rule =
    own ??
    (fallback && {
      ...fallback,
      reason: 'repeated_contact' as const,
      label: 'Repeated contact about the same thing',
    });
  return rule ? finding(rule, said ? [said] : [], []) : null;
}

function finding(
  rule: EscalationRule,
  words: readonly string[],
  sentences: readonly Span[],
): EscalationFinding {
  const { reason, label, team } = rule;
  return { escalation: { reason, label, words: [...words], team }, rule, sentences };
}
