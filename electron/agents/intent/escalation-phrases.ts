import type { EscalationReason } from '../../../shared/domain/intent.js';
import type { EscalationRule } from '../../../shared/domain/team.js';

/** Not cancelled by a "not" in front or a quotation: the word itself is reason enough to look. */
const ALWAYS: ReadonlySet<EscalationReason> = new Set(['self_harm']);
/** Said as a threat, these are meant although the customer would rather not. */
const THREATS: ReadonlySet<EscalationReason> = new Set(['legal', 'churn']);
const NEGATORS =
  /\b(?:no need (?:to|for|of)|not|n't|never|without|no|nobody|nothing|don't|dont|do not|doesn't|didn't|won't|wouldn't|isn't|wasn't|rather not|instead of|refuse to|no intention (?:of|to)|no wish to|not going to|far from|kein(?:e|en)?|nicht|geen|niet|pas)\b/giu;
/** "I can't reach a person", "why don't you let me talk": the word "not" asks for it. */
const ASKS_DESPITE_NOT =
  /\b(?:can't|cannot|can not|couldn't|could not|unable to|why (?:can't|don't|won't|not)|never (?:get|got|reach|able)|nobody (?:lets|let)|not able to|if you (?:do not|don't)|unless)\b/iu;
/** "I don't want to call my lawyer, but ..." */
const THREATENS_AFTER_NOT = /\b(?:but|unless|otherwise|or else|if (?:you|this|it|i|nothing))\b/iu;
const WANTS_NOT_TO = /\b(?:want|like|wish|prefer|love|hate|have|happy) (?:not )?to\b[^.!?]{0,20}$/iu;
/** "A bot is fine": whoever writes this does not mind the machine. */
const FINE_WITH =
  /\b(?:is|are) (?:fine|ok|okay|good enough|enough)\b|\b(?:don't|dont|do not) mind\b|\bhappy (?:with|to)\b/iu;
const MACHINE = /\b(?:bot|robot|chatbot|machine|computer|automated)\b/iu;
const CLAUSE_END = /[,;:\u2013\u2014]|\b(?:but|however|so|and)\b/giu;
const WORDS_BEFORE = 48;
const QUOTATION =
  /"[^"\n]{1,200}"|\u201c[^\u201d\n]{1,200}\u201d|\u201e[^\u201c\n]{1,200}\u201c|\u00ab[^\u00bb\n]{1,200}\u00bb/gu;
/** Somebody or something else speaks: "the manual says", "your mail with the subject". */
const OTHERS_SAY =
  /\b(?:your|the|this|that|a|an|his|her|their|he|she|it|they|neighbou?r|friend|label|manual|website|page|article|box|driver|policy|mail|email|sign|movie|film|book|song|called|titled|named)\b[^"\n]{0,40}$/iu;
const I_SAY = /\b(?:i|we)\b[^"\n]{0,30}$/iu;

/** A rule with its phrases compiled. */
export interface CompiledRule {
  readonly rule: EscalationRule;
  readonly patterns: readonly RegExp[];
}

/** Makes a rule ready for use; a phrase that is no valid expression is taken as plain words. */
export function compileRule(rule: EscalationRule): CompiledRule {
  return { rule, patterns: rule.phrases.map(phrasePattern) };
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

/** The words of a sentence that make a rule fire; empty when there are none or the sentence takes them back. */
export function wordsThatFire(sentence: string, { rule, patterns }: CompiledRule): string[] {
  return patterns.flatMap((pattern) => {
    const match = firstWholeWords(sentence, pattern);
    if (!match) return [];
    const [words] = match;
    return isTakenBack(sentence, match.index, words, rule.reason) ? [] : [words];
  });
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

/** Whether the clause around the words says the opposite ("no need for a lawyer"), or others are quoted. */
function isTakenBack(sentence: string, at: number, words: string, reason: EscalationReason): boolean {
  if (ALWAYS.has(reason)) return false;
  if (isQuotedFromOthers(sentence, at)) return true;
  const before = sentence.slice(Math.max(0, at - WORDS_BEFORE), at);
  const clauseStart = [...before.matchAll(CLAUSE_END)].at(-1);
  const clause = clauseStart ? before.slice(clauseStart.index + clauseStart[0].length) : before;
  const after = sentence.slice(at + words.length, at + words.length + WORDS_BEFORE);
  if (reason === 'human_requested') {
    if (ASKS_DESPITE_NOT.test(clause)) return false;
    // "Not talking to a bot" asks for a person, "a bot is fine" does not.
    if (MACHINE.test(words)) return FINE_WITH.test(clause) || FINE_WITH.test(after);
  }
  if (THREATS.has(reason) && WANTS_NOT_TO.test(clause) && THREATENS_AFTER_NOT.test(after)) return false;
  const negators = clause.match(NEGATORS) ?? [];
  return negators.length % 2 === 1;
}

function isQuotedFromOthers(sentence: string, at: number): boolean {
  for (const { index, 0: quotation } of sentence.matchAll(QUOTATION)) {
    if (at < index || at >= index + quotation.length) continue;
    const before = sentence.slice(Math.max(0, index - WORDS_BEFORE), index);
    return OTHERS_SAY.test(before) && !I_SAY.test(before);
  }
  return false;
}
