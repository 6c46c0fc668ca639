import type { Draft, DraftSentence } from '../../../shared/domain/draft.js';
import type { Evidence } from '../../../shared/domain/evidence.js';
import type { ModelRunEnd } from '../../../shared/domain/model-run.js';
import type { Team } from '../../../shared/domain/team.js';
import type { AnswerCacheKey } from '../../models/chat-model.js';
import { assembleContext } from '../context/assemble-context.js';
import { usablePassages } from '../context/usable-passages.js';
import { privateValuesOf } from '../private-values.js';
import type { RunModel } from '../run-model.js';
import type { StageNode, StageResult, StageRun } from '../stage-runner.js';
import { REWRITE_SHARE } from '../stages.js';
import type { SuggestionState } from '../state.js';
import { readableEvidence } from '../screening/readable-evidence.js';
import { fence } from '../text/fence.js';
import { choosePrompt } from '../writing/choose-prompt.js';
import type { Citable } from '../writing/resolve-marks.js';
import { draftingFrame, draftingPrompt } from './drafting-prompt.js';
import { questionsOf } from './questions.js';
import { createSentenceWriter } from './sentence-writer.js';

export interface ModelDraftingDeps {
  readonly team: Team;
  /** Names the release whose knowledge and team the reply is of. */
  readonly release: string;
  readonly now: () => Date;
}

/** What a drafting call may hold in tokens, instructions included: room for six passages and a long mail, and little to get lost in. */
const CONTEXT_TOKENS = 6_000;

/**
 * Writes the reply with a chat model, sentence by sentence as it comes.
 *
 * Reads all that earlier stages wrote. Writes `draft`, or `modelEnd` when the model brought none: the local draft of the run before stays.
 * A sentence cites what the model named, as far as it was shown that. A draft critique turned down is written again once, told why; if that
 * brings nothing its bad sentences are taken out.
 */
export function createModelDraftingNode({ team, release, now }: ModelDraftingDeps): StageNode {
  return {
    stage: 'drafting',
    async run(state, run) {
      const { model } = run.context;
      const { draft: before, customerIntent } = state;
      if (!model || !customerIntent) return ended(notSetUp);
      const rejected = new Set(state.rejectedTexts);
      if (before && run.revision > 0) {
        const kept = withoutRejected(before, rejected, run.revision);
        const share = 1 - kept.sentences.length / Math.max(1, before.sentences.length);
        if (run.revision > 1 || share < REWRITE_SHARE) return shown(kept, run);
        const again = await write(state, run, model);
        return again.update.draft ? again : shown(kept, run);
      }
      return write(state, run, model);
    },
    withoutIt: () => ({
      draft: null,
      modelEnd: { code: 'MODEL_TIME_LIMIT', message: 'The model took too long to write.', canRetry: true },
    }),
  };

  async function write(state: SuggestionState, run: StageRun, model: RunModel): Promise<StageResult> {
    const { context, revision } = run;
    const { conversation, variant } = context;
    const language = languageOf(state, team);
    const writesCourtesies = language !== (team.profile.languages[0] ?? language);
    const today = todayIn(team, now());
    const prompt = choosePrompt(team, draftingPrompt);
    const frame = draftingFrame({
      ...{ profile: team.profile, channel: conversation.channel, variant, language },
      ...{ writesCourtesies, today, boundary: model.boundary },
    });
    const system = `${prompt.text}\n\n${frame}`;
    const task = taskText(state, run, model.boundary);
    const assembled = assembleContext({
      conversation,
      attachedTexts: context.attachedTexts,
      newestIds: state.customerTurn?.messageIds ?? [],
      earlierSummary: context.earlierSummary,
      toolCalls: state.toolCalls,
      passages: usablePassages(state.evidence, today, context.startsFrom?.citedEvidenceIds).map(
        readableEvidence,
      ),
      maxTokens: CONTEXT_TOKENS - model.countTokens(system) - model.countTokens(task),
      countTokens: model.countTokens,
      boundary: model.boundary,
    });
    const citable: Citable = {
      passages: assembled.passages,
      sources: state.sources,
      toolCalls: state.toolCalls,
    };
    const writer = createSentenceWriter({
      ...{ team, citable, writesCourtesies, instructions: system, boundary: model.boundary },
      customerName: conversation.customer.name,
      onSentence: (sentence: DraftSentence, startsOver: boolean) =>
        context.emit({ kind: 'draft_streamed', revision, sentence, startsOver }),
    });
    const outcome = await model.write(
      {
        task: 'drafting',
        prompt,
        turns: [
          { role: 'system', text: system },
          { role: 'user', text: `${assembled.text}\n\n${task}` },
        ],
        privateValues: privateValuesOf(conversation, state),
        expectLanguage: language,
        ...cacheKeyOf(state, run, prompt.version, assembled.passages),
        signal: run.signal,
      },
      (piece) => writer.push(piece),
      () => writer.restart(),
    );
    if (!outcome.ok) return ended(outcome.failure);
    const sentences = writer.end(outcome.value);
    if (writer.isSpoilt()) return ended(spoilt);
    if (sentences === null) return ended(malformed);
    const draft: Draft = { sentences, variant, revision };
    return { update: { draft }, payload: { stage: 'drafting', draft } };
  }

  /** A question that stands alone is answered once a release: no turn before it, no fact of the customer, the first way to answer. */
  function cacheKeyOf(
    { customerTurn, toolCalls }: SuggestionState,
    { context, revision }: StageRun,
    promptVersion: number,
    passages: readonly Evidence[],
  ): { readonly cacheKey?: AnswerCacheKey } {
    const { conversation, variant, attachedTexts } = context;
    const turns = conversation.messages.filter(({ author }) => author !== 'system');
    const isAlone = turns.every(({ id }) => customerTurn?.messageIds.includes(id) ?? false);
    if (!customerTurn || !isAlone || attachedTexts.length > 0 || revision > 0 || variant === 'other_source')
      return {};
    const need = `${variant} ${conversation.channel} ${customerTurn.text}`;
    const evidence = passages.map(({ id, text }) => `${id} ${text}`);
    return { cacheKey: { need, release, evidence, promptVersion, hasToolFacts: toolCalls.length > 0 } };
  }
}

/** What is asked for, after all that was read. */
function taskText(state: SuggestionState, { context }: StageRun, boundary: string): string {
  const { customerTurn, customerIntent, draft, draftCritique, orderQuestion } = state;
  const said = customerTurn?.isElliptic ? (customerIntent?.query ?? '') : (customerTurn?.text ?? '');
  const asked = state.questions.length > 0 ? state.questions : questionsOf(said.slice(0, 8_000));
  const parts = ['# Task'];
  if (asked.length > 1)
    parts.push(
      'The customer asks these questions; answer each:',
      fence('customer_message', asked.join('\n'), boundary),
    );
  if (context.variant === 'other_source')
    parts.push('An earlier reply used other sources. Answer from the passages above in another way.');
  if (orderQuestion?.kind === 'order_number')
    parts.push(
      'Their order could not be found without its number. Ask for it where the answer depends on it.',
    );
  if (orderQuestion?.kind === 'which_order')
    parts.push(`Ask which order they mean: ${orderQuestion.orderIds.filter(isOrderNumber).join(' or ')}.`);
  if (draft && draftCritique) {
    const bad = draftCritique.sentences.filter(({ support }) => support === 'unsupported');
    const why = bad.map(({ sentenceId, issues }) => {
      const text = draft.sentences.find(({ id }) => id === sentenceId)?.text ?? '';
      return `${text} (${issues.map(({ message }) => message).join(' ')})`;
    });
    parts.push(
      'Your first reply held sentences that its sources do not say. Write the whole reply again without stating them:',
      fence('draft', why.join('\n'), boundary),
    );
  }
  parts.push('Write the reply to the newest message now.');
  return parts.join('\n');
}

/** A shop's own number, not words: it stands outside the fences. */
const isOrderNumber = (id: string): boolean => /^[\w-]{1,40}$/u.test(id);

function languageOf({ customerIntent }: SuggestionState, { profile }: Team): string {
  const language = customerIntent?.language ?? 'und';
  return profile.languages.includes(language) ? language : (profile.languages[0] ?? 'en');
}

function withoutRejected(draft: Draft, rejected: ReadonlySet<string>, revision: number): Draft {
  const kept = draft.sentences.filter(({ text }) => !rejected.has(text.replace(/^\d+\. /, '')));
  const sentences = kept.map((sentence, at) => ({ ...sentence, id: `S${String(at + 1)}` }));
  return { ...draft, sentences, revision: Math.min(2, revision) };
}

function shown(draft: Draft, { context, revision }: StageRun): StageResult {
  for (const sentence of draft.sentences) context.emit({ kind: 'draft_streamed', revision, sentence });
  return { update: { draft }, payload: { stage: 'drafting', draft } };
}

function ended(modelEnd: ModelRunEnd): StageResult {
  return { update: { draft: null, modelEnd }, payload: null };
}

const notSetUp: ModelRunEnd = {
  code: 'MODEL_NOT_SET_UP',
  message: 'No model is set up for drafting.',
  canRetry: false,
};
const spoilt: ModelRunEnd = {
  code: 'MODEL_DRAFT_WITHHELD',
  message:
    'The model began to repeat its instructions, as somebody may have asked it to. Its reply is not shown.',
  canRetry: false,
};

const malformed: ModelRunEnd = {
  code: 'MODEL_MALFORMED',
  message: 'The model wrote something that is not a reply.',
  canRetry: true,
};

function todayIn({ profile }: Team, now: Date): string {
  return new Intl.DateTimeFormat('en-CA', { dateStyle: 'short', timeZone: profile.timezone }).format(now);
}
