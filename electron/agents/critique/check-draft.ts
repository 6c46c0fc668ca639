import type { Critique, CritiqueIssue, SentenceCritique } from '../../../shared/domain/critique.js';
import type { Draft, DraftSentence } from '../../../shared/domain/draft.js';
import type { Team } from '../../../shared/domain/team.js';
import type { Embedder } from '../../models/embedder.js';
import { whichLanguage } from '../text/languages/which-language.js';
import { stemSet, wordsOf } from '../text/words.js';
import { checkAnswers } from './check-answers.js';
import { checkConflicts, checkTooLate } from './check-conflicts.js';
import { linksIn } from './check-links.js';
import { internalShingles } from './check-safety.js';
import { citedBy, type Library } from './cited-text.js';
import { evidencePool } from './evidence-pool.js';
import { issueOf } from './issue.js';
import { judgeSentence, type SentenceContext } from './judge-sentence.js';
import { foreignLanguages, hasNoEnglish } from './languages/judge-other-language.js';
import { createLikenessCache, fillWanted, type Likeness } from './likeness.js';

export interface CritiqueInput {
  readonly draft: Draft;
  readonly library: Library;
  readonly team: Team;
  /** What the customer asked, as the intent's query says it. */
  readonly query: string;
  /** The customer's separate questions; none are looked for in the draft when left out. */
  readonly asked?: readonly string[];
  /** The customer's own address and the orders they may be told about. */
  readonly own: string;
  /** ISO day. */
  readonly today: string;
  /** How alike texts are in meaning; words alone decide when left out. */
  readonly likeness?: Likeness;
}

/**
 * Doubts a draft sentence by sentence and gives the verdict, for any text: a local draft, a model's, one the rep edited.
 *
 * A claim is `supported` when a sentence, row or fact found in this run says all of it, `weak` when it is only close to it, `unsupported`
 * when a number, name, negation, condition or the source itself is wrong, or nothing speaks of it; `decidedBy` is that place, exactly.
 * A claim that cites nothing, or the wrong passage, is looked for in everything that was found ({@link citeDecisive} then cites it).
 * Courtesies and questions state nothing, so only what no reply may carry (promises, internal text, personal data) counts against them.
 *
 * `pass` when no sentence is unsupported; `withhold` when no claim and no question would be left, or the claims miss the question;
 * else `revise`. Groundedness is supported claims over claims, 1 without claims.
 */
export function checkDraft(input: CritiqueInput): Critique {
  const { draft, library, team, asked = [] } = input;
  const context = contextOf(input);
  const judged = draft.sentences.map((sentence) => judgeSentence(sentence, context));
  const sentences = judged.map(({ critique }) => critique);
  const isUsable = ({ support }: SentenceCritique): boolean => support !== 'unsupported';
  const claims = sentences.filter(
    ({ support }, at) => draft.sentences[at]?.role === 'claim' && support !== 'not_needed',
  );
  const questions = sentences.filter((_, at) => draft.sentences[at]?.role === 'question');
  const decisive = judged.flatMap(({ units }) => units);
  const facts = context.pool.units.filter(({ kind }) => kind === 'fact');
  // The question is known in English words; those of another language share none with it.
  const missed = context.language === 'en' ? offQuestion(input) : [];
  const issues = [
    ...missed,
    ...checkConflicts(decisive, context.pool, library.evidence),
    ...checkTooLate(claimTexts(draft), facts),
    ...checkAnswers(asked, draft.sentences, decisive),
    ...checkSignature(draft, team),
  ];
  const hasContent = claims.some(isUsable) || questions.some(isUsable);
  const verdict =
    !hasContent || missed.length > 0 ? 'withhold' : sentences.every(isUsable) ? 'pass' : 'revise';
  const supported = claims.filter(({ support }) => support === 'supported').length;
  return { verdict, sentences, issues, groundedness: claims.length === 0 ? 1 : supported / claims.length };
}

/** A check that compares meanings where words alone would turn a sentence down; vectors are remembered from draft to draft. */
export type DraftCheck = (input: Omit<CritiqueInput, 'likeness'>, signal?: AbortSignal) => Promise<Critique>;

/** {@link checkDraft} with an embedder: asked only about sentences whose words no source has, and only for the closest passages. */
export function createDraftCheck(embedder: Pick<Embedder, 'embed'>): DraftCheck {
  const cache = createLikenessCache();
  return async (input, signal) => {
    const byWords = checkDraft({ ...input, likeness: cache.likeness });
    const hasMore = await fillWanted(cache, embedder, signal);
    return hasMore ? checkDraft({ ...input, likeness: cache.likeness }) : byWords;
  };
}

function contextOf({ draft, library, team, own, today, likeness }: CritiqueInput): SentenceContext {
  const pool = evidencePool(library, today);
  const cited = draft.sentences.flatMap((sentence) => citedBy(sentence, library));
  const facts = library.toolCalls.flatMap((call) => call.facts);
  const open = pool.units.map(({ text }) => text);
  const allowed = [
    own,
    ...open,
    ...cited.map((one) => one?.text ?? ''),
    ...facts.map(({ value }) => value),
  ].join('\n');
  const internalTexts = library.evidence
    .filter(({ audience }) => audience === 'internal')
    .map(({ text }) => text);
  const { profile } = team;
  const language = whichLanguage(claimTexts(draft).join(' '), () => foreignLanguages(pool));
  const names = [profile.name, profile.supportName, own, profile.voice.signature];
  return {
    library,
    pool,
    rules: { team, internal: internalShingles(internalTexts, allowed), allowed, links: linksIn(allowed) },
    wording: { team, allowed, facts: new Map(facts.map(({ key, value }) => [key, value])) },
    judge: { known: new Set(names.flatMap((name) => wordsOf(name))), ...(likeness ? { likeness } : {}) },
    language,
    comparesWords: language === 'en' && !hasNoEnglish(pool),
  };
}

function claimTexts(draft: Draft): string[] {
  return draft.sentences.filter(({ role }) => role === 'claim').map(({ text }) => text);
}

/** Facts of the customer's own order and questions back are always to the point; quotations must share a topic word with the question. */
function offQuestion({ draft, query }: CritiqueInput): CritiqueIssue[] {
  const isToPoint = draft.sentences.some(
    ({ role, citations }) => role === 'question' || citations.some(({ kind }) => kind !== 'evidence'),
  );
  const asked = stemSet(query);
  if (isToPoint || asked.size === 0) return [];
  const said = stemSet(claimTexts(draft).join(' '));
  const hasTopic = [...asked].some((stem) => said.has(stem));
  return hasTopic ? [] : [issueOf('off_question', 'The reply does not speak of what was asked.')];
}

const LAST_LINES = 3;

function checkSignature({ sentences }: Draft, { profile }: Team): CritiqueIssue[] {
  const { voice, guardrails } = profile;
  if (!guardrails.brand.mustSign || voice.signature === '' || sentences.length === 0) return [];
  const end = sentences
    .slice(-LAST_LINES)
    .map(({ text }: DraftSentence) => text)
    .join('\n');
  return end.includes(voice.signature)
    ? []
    : [issueOf('brand_rule', `The reply does not end with "${voice.signature}".`)];
}
