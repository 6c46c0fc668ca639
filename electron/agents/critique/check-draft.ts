import type { Critique, CritiqueIssue, SentenceCritique } from '../../../shared/domain/critique.js';
import type { Draft, DraftSentence } from '../../../shared/domain/draft.js';
import type { Team } from '../../../shared/domain/team.js';
import { stemSet } from '../text/words.js';
import { checkSafety, type SafetyRules } from './check-safety.js';
import { checkSupport } from './check-support.js';
import { citedBy, type Library } from './cited-text.js';
import { issueOf } from './issue.js';

export interface CritiqueInput {
  readonly draft: Draft;
  readonly library: Library;
  readonly team: Team;
  /** What the customer asked, as the intent's query says it. */
  readonly query: string;
  /** The customer's own address and the orders they may be told about. */
  readonly own: string;
  /** ISO day. */
  readonly today: string;
}

/**
 * Doubts a draft sentence by sentence and gives the verdict.
 *
 * A claim is `supported` when everything it states is in what it cites, `weak` when its words are only close to it, `unsupported` when a
 * number, name, negation or the source itself is wrong. Courtesies and questions state nothing, so only what no reply may carry
 * (promises, internal text, personal data) counts against them.
 *
 * `pass` when no sentence is unsupported; `withhold` when no claim and no question would be left, or the claims miss the question;
 * else `revise`. Groundedness is supported claims over claims, 1 without claims.
 */
export function checkDraft(input: CritiqueInput): Critique {
  const { draft, library, team, own, today } = input;
  const cited = draft.sentences.map((sentence) => citedBy(sentence, library));
  const allowed = [own, ...cited.flat().map((one) => one?.text ?? '')].join('\n');
  const internalTexts = library.evidence
    .filter(({ audience }) => audience === 'internal')
    .map(({ text }) => text);
  const rules: SafetyRules = { team, internalTexts, allowed };
  const sentences = draft.sentences.map((sentence, at) =>
    checkSentence(sentence, cited[at] ?? [], rules, today),
  );
  const supportOf = (role: DraftSentence['role']): SentenceCritique[] =>
    sentences.filter((_, at) => draft.sentences[at]?.role === role);
  const claims = supportOf('claim');
  const isUsable = ({ support }: SentenceCritique): boolean => support !== 'unsupported';
  const hasContent = claims.some(isUsable) || supportOf('question').some(isUsable);
  const issues = offQuestion(input);
  const verdict =
    !hasContent || issues.length > 0 ? 'withhold' : sentences.every(isUsable) ? 'pass' : 'revise';
  const supported = claims.filter(({ support }) => support === 'supported').length;
  return { verdict, sentences, issues, groundedness: claims.length === 0 ? 1 : supported / claims.length };
}

function checkSentence(
  { id, text, role, citations }: DraftSentence,
  cited: ReturnType<typeof citedBy>,
  rules: SafetyRules,
  today: string,
): SentenceCritique {
  const safety = checkSafety(text, rules);
  if (role !== 'claim')
    return {
      sentenceId: id,
      support: safety.length > 0 ? 'unsupported' : 'not_needed',
      issues: safety,
      decidedBy: null,
    };
  const found = cited.filter((one) => one !== null);
  const fatal: CritiqueIssue[] = [...safety];
  if (found.length === 0 || found.length < cited.length) {
    fatal.push(issueOf('no_citation', 'This states something and names no source that exists.'));
  }
  if (found.some(({ isInternal }) => isInternal)) {
    fatal.push(issueOf('internal_text', 'The source is for the team only.'));
  }
  if (found.some(({ validUntil }) => validUntil !== null && validUntil < today)) {
    fatal.push(issueOf('source_expired', 'The source is past its date.'));
  }
  const findings = found.length > 0 ? checkSupport(text, found) : [];
  fatal.push(...findings.filter(({ isFatal }) => isFatal).map(({ issue }) => issue));
  const weak = findings.filter(({ isFatal }) => !isFatal).map(({ issue }) => issue);
  const support = fatal.length > 0 ? 'unsupported' : weak.length > 0 ? 'weak' : 'supported';
  return { sentenceId: id, support, issues: [...fatal, ...weak], decidedBy: citations[0] ?? null };
}

/** Facts of the customer's own order and questions back are always to the point; quotations must share a topic word with the question. */
function offQuestion({ draft, query }: CritiqueInput): CritiqueIssue[] {
  const isToPoint = draft.sentences.some(
    ({ role, citations }) => role === 'question' || citations.some(({ kind }) => kind !== 'evidence'),
  );
  const asked = stemSet(query);
  if (isToPoint || asked.size === 0) return [];
  const said = stemSet(
    draft.sentences
      .filter(({ role }) => role === 'claim')
      .map(({ text }) => text)
      .join(' '),
  );
  const hasTopic = [...asked].some((stem) => said.has(stem));
  return hasTopic ? [] : [issueOf('off_question', 'The reply does not speak of what was asked.')];
}
