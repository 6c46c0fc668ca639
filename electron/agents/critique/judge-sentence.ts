import type { CritiqueIssue, SentenceCritique, Support } from '../../../shared/domain/critique.js';
import type { Citation, DraftSentence } from '../../../shared/domain/draft.js';
import { checkBrand, type WordingContext } from './check-wording.js';
import { checkRules } from './check-rules.js';
import { checkSafety, type SafetyRules } from './check-safety.js';
import { checkState, isRecord } from './check-record.js';
import { checkSupport } from './check-support.js';
import { citedBy, type Cited, type Library } from './cited-text.js';
import type { EvidencePool, PoolUnit } from './evidence-pool.js';
import { fatal, type Finding } from './finding.js';
import { isCourtesy } from './is-courtesy.js';
import { judgeClaim, type JudgeOptions } from './judge-claim.js';
import { judgeOtherLanguage } from './languages/judge-other-language.js';
import { readStatement } from './statement.js';

/** What all sentences of a draft are judged with. */
export interface SentenceContext {
  readonly library: Library;
  readonly pool: EvidencePool;
  readonly rules: SafetyRules;
  readonly wording: WordingContext;
  readonly judge: JudgeOptions;
  /** Of the draft, ISO 639-1. */
  readonly language: string;
  /** Whether words are compared as English; else {@link judgeOtherLanguage} judges. */
  readonly comparesWords: boolean;
}

/** A verdict with the units that decide it. */
export interface JudgedSentence {
  readonly critique: SentenceCritique;
  readonly units: readonly PoolUnit[];
}

interface Outcome {
  readonly support: Exclude<Support, 'not_needed'>;
  readonly findings: readonly Finding[];
  readonly decidedBy: Citation | null;
  readonly units: readonly PoolUnit[];
}

/** Judges one sentence: what it must not say, and whether the evidence of this run says what it states. */
export function judgeSentence(sentence: DraftSentence, context: SentenceContext): JudgedSentence {
  const { id, text } = sentence;
  const forbidden = checkSafety(text, context.rules, context.wording);
  const brand = [
    ...checkBrand(text, context.wording),
    ...checkRules(text, context.rules.team.profile.guardrails.rules, 'warn'),
  ];
  if (!isClaim(sentence)) {
    const support = forbidden.length > 0 ? 'unsupported' : 'not_needed';
    return {
      critique: { sentenceId: id, support, issues: [...forbidden, ...brand], decidedBy: null },
      units: [],
    };
  }
  const { support, findings, decidedBy, units } = judge(sentence, context);
  const issues = findings.map((finding) => withFix(finding, text));
  return {
    critique: {
      sentenceId: id,
      support: forbidden.length > 0 ? 'unsupported' : support,
      issues: [...forbidden, ...withoutRepeats(issues, forbidden), ...brand],
      decidedBy,
    },
    units,
  };
}

/** A writer may call a statement a courtesy, or thanks a claim; what the sentence says decides, where it cites nothing. */
function isClaim({ text, role, citations }: DraftSentence): boolean {
  if (role === 'question') return false;
  if (citations.length > 0) return role === 'claim';
  if (isCourtesy(text)) return false;
  if (role === 'claim') return true;
  return isRecord(text) || readStatement(text).measures.some(({ unit }) => unit !== 'count');
}

function judge(sentence: DraftSentence, context: SentenceContext): Outcome {
  const { library, comparesWords } = context;
  const cited = citedBy(sentence, library);
  const found = cited.filter((one) => one !== null);
  const internal = found.some(({ isInternal }) => isInternal)
    ? [fatal('internal_text', 'The source is for the team only.')]
    : [];
  const outcome = !comparesWords
    ? judgeForeign(sentence, found, context)
    : found.some(({ kind }) => kind !== 'evidence')
      ? judgeTemplate(sentence, found, context)
      : judgeWords(sentence, found, context);
  if (internal.length === 0) return outcome;
  return { ...outcome, support: 'unsupported', findings: [...internal, ...outcome.findings] };
}

/** A sentence filled with facts or taken from a macro: its words are vetted or plain, its numbers, names and state are not. */
function judgeTemplate(sentence: DraftSentence, found: readonly Cited[], context: SentenceContext): Outcome {
  const { text, citations } = sentence;
  const isMacro = found.some(({ kind }) => kind === 'macro');
  const facts = context.pool.units.filter(({ kind }) => kind === 'fact');
  const state = isMacro ? [] : checkState(readStatement(text), facts);
  const outcome = outcomeOf([...checkSupport(text, found), ...state], citations[0] ?? null, []);
  if (outcome.support !== 'unsupported' || isMacro || state.length > 0) return outcome;
  // Right, but cited wrong: another fact or passage of this run may say it.
  const other = judgeWords(sentence, [], context);
  return other.support === 'unsupported' ? outcome : other;
}

/** A sentence of free words against everything current that was found, then against what is out of date. */
function judgeWords({ text }: DraftSentence, found: readonly Cited[], context: SentenceContext): Outcome {
  const { pool, judge: options } = context;
  const current = { units: pool.units.filter(({ isOutdated }) => !isOutdated) };
  const verdict = judgeClaim(text, current, options);
  const decidedBy = verdict.units[0]?.citation ?? null;
  if (verdict.support !== 'unsupported') return { ...verdict, decidedBy };
  const old = { units: pool.units.filter(({ isOutdated }) => isOutdated) };
  const before = old.units.length > 0 ? judgeClaim(text, old, options) : null;
  if (before?.support === 'supported')
    return outcomeOf(
      [fatal('source_expired', 'Only a source past its date says so.')],
      before.units[0]?.citation ?? null,
      before.units,
    );
  // Where a number or a condition is wrong, that is the finding; where nothing speaks of it, that it names no source is.
  const isStrange = verdict.findings.every(({ issue }) => issue.kind === 'low_coverage');
  const missing =
    found.length === 0 && isStrange
      ? [fatal('no_citation', 'This states something and names no source.')]
      : [];
  return { ...verdict, findings: [...missing, ...verdict.findings], decidedBy };
}

/** In another language than English, or over evidence in one. What the team vetted in that language, word for word, stands. */
function judgeForeign(
  { text, citations }: DraftSentence,
  found: readonly Cited[],
  { pool, language, judge: { known } }: SentenceContext,
): Outcome {
  const macro = found.find(({ kind, text: vetted }) => kind === 'macro' && vetted.includes(text));
  if (macro) return outcomeOf([], citations[0] ?? null, []);
  const verdict = judgeOtherLanguage(text, language, pool, known);
  return { ...verdict, decidedBy: verdict.units[0]?.citation ?? citations[0] ?? null };
}

function outcomeOf(
  findings: readonly Finding[],
  decidedBy: Citation | null,
  units: readonly PoolUnit[],
): Outcome {
  const isBad = findings.some(({ isFatal }) => isFatal);
  return {
    support: isBad ? 'unsupported' : findings.length > 0 ? 'weak' : 'supported',
    findings,
    decidedBy,
    units,
  };
}

/** What cannot be put right can be taken out. */
const TAKE_OUT: ReadonlySet<CritiqueIssue['kind']> = new Set(['promise', 'internal_text', 'no_citation']);

function withFix({ issue, replacement, isFatal }: Finding, text: string): CritiqueIssue {
  const { words, kind, fix } = issue;
  if (fix !== null) return issue;
  if (words && replacement !== null)
    return { ...issue, fix: text.slice(0, words.start) + replacement + text.slice(words.end) };
  const isLost = isFatal && (TAKE_OUT.has(kind) || kind === 'low_coverage');
  return isLost ? { ...issue, fix: '' } : issue;
}

/** One finding of a kind at a place is enough. */
function withoutRepeats(issues: readonly CritiqueIssue[], said: readonly CritiqueIssue[]): CritiqueIssue[] {
  const covered = new Set(said.map(({ kind }) => kind));
  const isLink = covered.has('invented_link') || covered.has('personal_data');
  const seen = new Set<string>();
  return issues.filter(({ kind, words, message }) => {
    const key = `${kind} ${String(words?.start ?? -1)} ${message}`;
    const isSaid = isLink && kind === 'number_not_in_source' && /[@.]\w/u.test(message);
    if (seen.has(key) || isSaid || (kind === 'promise' && covered.has('promise'))) return false;
    seen.add(key);
    return true;
  });
}
