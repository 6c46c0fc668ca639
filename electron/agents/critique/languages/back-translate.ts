import { z } from 'zod';

import type {
  Critique,
  CritiqueIssue,
  SentenceCritique,
  Support,
} from '../../../../shared/domain/critique.js';
import type { Draft, DraftSentence } from '../../../../shared/domain/draft.js';
import type { ModelFailure } from '../../../../shared/domain/model-run.js';
import type { PrivateValue } from '../../../models/chat-model.js';
import type { RunModel } from '../../run-model.js';
import { fence, fenceNotice } from '../../text/fence.js';
import { asCompared } from '../../text/languages/language-words.js';
import { whichLanguage } from '../../text/languages/which-language.js';
import { issueOf } from '../issue.js';
import { compareTranslation } from './compare-translation.js';

export interface BackTranslationInput {
  readonly draft: Draft;
  /** What the local check said of the draft itself. */
  readonly critique: Critique;
  readonly model: RunModel;
  readonly privateValues: readonly PrivateValue[];
  readonly signal: AbortSignal;
  /** The local check of the same draft in English words. */
  readonly check: (draft: Draft) => Promise<Critique>;
}

const MAX_SENTENCES = 40;
const form = z.object({
  sentences: z.array(z.object({ id: z.string().max(10), english: z.string().max(2_000) })),
});
const instructions = [
  'You translate sentences of a reply into English, one by one, word for word, so that somebody who does not read the language knows exactly what each says.',
  'Keep every number, amount, date, name, code, "not", "only", "if", "before" and "until". Correct nothing, explain nothing, leave nothing out, even where a sentence is wrong or odd.',
].join('\n');

/**
 * Lets a model say in English what sentences say whose words could not be compared, and judges that locally. The model sees no source, so that it
 * cannot translate towards one. What it says decides only downwards: a sentence whose English the evidence denies is unsupported; one whose
 * English is supported, with the same numbers, names and "not" as the sentence, stays weak and says through what it was checked. Fails to the
 * verdicts there were.
 */
export async function checkThroughTranslation(
  input: BackTranslationInput,
): Promise<{ readonly critique: Critique; readonly failure: ModelFailure | null }> {
  const { draft, critique, model, privateValues, signal, check } = input;
  const unread = new Set(
    critique.sentences.flatMap(({ sentenceId, issues }) =>
      issues.some(({ kind }) => kind === 'other_language') ? [sentenceId] : [],
    ),
  );
  const open = draft.sentences.filter(({ id }) => unread.has(id)).slice(0, MAX_SENTENCES);
  if (open.length === 0 || !model.isReady('critique')) return { critique, failure: null };
  const outcome = await model.fill({
    ...{ task: 'critique', prompt: null, form, formName: 'translations', privateValues, signal },
    turns: [
      { role: 'system', text: `${instructions}\n\n# Data\n${fenceNotice(model.boundary)}` },
      {
        role: 'user',
        text: `${open.map(({ id, text }) => fence('draft', text, model.boundary, id)).join('\n')}\n\n# Task\nTranslate each sentence, by its id (${open.map(({ id }) => id).join(', ')}).`,
      },
    ],
  });
  if (!outcome.ok) return { critique, failure: outcome.failure };
  const english = new Map(outcome.value.sentences.map(({ id, english: text }) => [id, text.trim()]));
  const read = open.flatMap((sentence): DraftSentence[] => {
    const text = english.get(sentence.id) ?? '';
    return text === '' || whichLanguage(text) !== 'en' ? [] : [{ ...sentence, text }];
  });
  if (read.length === 0) return { critique, failure: null };
  const judged = await check({ ...draft, sentences: read });
  const spoken = whichLanguage(draft.sentences.map(({ text }) => text).join(' '));
  const sentences = critique.sentences.map((sentence) => {
    const own = draft.sentences.find(({ id }) => id === sentence.sentenceId);
    const text = read.find(({ id }) => id === sentence.sentenceId)?.text;
    const verdict = judged.sentences.find(({ sentenceId }) => sentenceId === sentence.sentenceId);
    return own && text !== undefined && verdict
      ? through(sentence, own.text, text, verdict, spoken)
      : sentence;
  });
  return {
    critique: { ...critique, sentences, verdict: verdictOf(critique, sentences, draft) },
    failure: null,
  };
}

function through(
  sentence: SentenceCritique,
  text: string,
  english: string,
  verdict: SentenceCritique,
  language: string,
): SentenceCritique {
  const others = sentence.issues.filter(({ kind }) => kind !== 'other_language');
  const compared = asCompared(language);
  const base = { ...sentence, through: { kind: 'back_translation' as const, text: english } };
  const differences = compared
    ? compareTranslation({ text, language: compared }, { text: english, language: 'en' })
    : [];
  if (differences.length > 0) {
    const message = `A model’s translation of it into English does not agree with it: ${differences[0]?.issue.message ?? ''}`;
    return { ...base, issues: [...others, issueOf('other_language', message)] };
  }
  const found = verdict.issues.map((issue): CritiqueIssue => ({
    ...issue,
    words: null,
    fix: issue.fix === '' ? '' : null,
  }));
  if (verdict.support === 'unsupported')
    return { ...base, support: 'unsupported', issues: [...others, ...found], decidedBy: verdict.decidedBy };
  const isBorneOut = verdict.support === 'supported' || verdict.support === 'not_needed';
  const message = isBorneOut
    ? 'Checked through a translation: what a model says it means is in the source.'
    : 'Checked through a translation: what a model says it means is in the source only in part.';
  const support: Support = sentence.support === 'unsupported' ? 'unsupported' : 'weak';
  return {
    ...base,
    support,
    issues: [...others, issueOf('other_language', message), ...(isBorneOut ? [] : found)],
    decidedBy: verdict.decidedBy ?? sentence.decidedBy,
  };
}

function verdictOf(
  critique: Critique,
  sentences: readonly SentenceCritique[],
  draft: Draft,
): Critique['verdict'] {
  const isContent = new Set(draft.sentences.filter(({ role }) => role !== 'courtesy').map(({ id }) => id));
  const isUsable = ({ support }: SentenceCritique): boolean => support !== 'unsupported';
  if (!sentences.some((one) => isUsable(one) && isContent.has(one.sentenceId))) return 'withhold';
  return critique.verdict === 'pass' && !sentences.every(isUsable) ? 'revise' : critique.verdict;
}
