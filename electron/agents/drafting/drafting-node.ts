import { setImmediate } from 'node:timers/promises';

import type { Draft, DraftVariant } from '../../../shared/domain/draft.js';
import type { Intent } from '../../../shared/domain/intent.js';
import type { Team } from '../../../shared/domain/team.js';
import type { Embedder } from '../../models/embedder.js';
import { canQuote } from '../can-quote.js';
import type { StageNode, StageRun } from '../stage-runner.js';
import type { SuggestionState } from '../state.js';
import { correctSpelling } from '../text/spelling.js';
import { stemSet, wordsOf } from '../text/words.js';
import { chooseUnits, type Chosen } from './choose-units.js';
import { composeReply } from './compose-reply.js';
import { asksForSteps, questionsOf } from './questions.js';
import { scoreUnits } from './score-units.js';
import { numbered } from '../writing/statement.js';
import { customerTraits, type CustomerTraits } from './traits.js';
import { createVectorCache } from './vector-cache.js';

export interface DraftingDeps {
  readonly team: Team;
  readonly embedder: Pick<Embedder, 'embed'>;
  readonly now: () => Date;
}

/** Where facts, or a question back, answer already, a rule must be this close to be worth saying. */
const BESIDE_FACTS = 0.5;

/** How much of a very long message is read for questions. */
const READ_CHARACTERS = 8_000;

/** Rule sentences besides the facts. */
const maxStatements: Readonly<Record<DraftVariant, number>> = { standard: 4, shorter: 1, other_source: 4 };

/**
 * Writes the reply from macros, facts and sentences of articles, local strategy.
 *
 * Reads all that earlier stages wrote. Writes `draft`, or `withheld` when there is nothing to say. Every sentence that states something
 * is a quotation, a filled template or arithmetic of both, and cites what it comes from; nothing is made up here. Text of a customer
 * never gets into a reply but for numbers of their own orders.
 */
export function createDraftingNode({ team, embedder, now }: DraftingDeps): StageNode {
  const vectors = createVectorCache(embedder);

  async function choose(
    state: SuggestionState,
    intent: Intent,
    traits: CustomerTraits,
    run: StageRun,
  ): Promise<Chosen> {
    const { sources, evidence, search, customerTurn, rejectedTexts, toolCalls, orderQuestion } = state;
    const factsAnswer = toolCalls.some(({ tool, facts }) => tool === 'track_shipment' && facts.length > 0);
    const wasMissed = toolCalls.some(({ status }) => status === 'refused' || status === 'not_found');
    const mayQuote = factsAnswer ? search?.isAnswerable : canQuote(search, intent);
    if (!mayQuote) return { statements: [], steps: [] };
    const today = now().toISOString().slice(0, 10);
    const valid = sources.filter(({ validUntil }) => validUntil === null || validUntil >= today);
    const said = customerTurn?.isElliptic ? intent.query : (customerTurn?.text ?? intent.query);
    const vocabulary = new Set(valid.flatMap(({ markdown }) => wordsOf(markdown)));
    const found = questionsOf(correctSpelling(said.slice(0, READ_CHARACTERS), vocabulary));
    // "And for Switzerland?" asks nothing without the question before it.
    const asked = customerTurn?.isElliptic ? found.filter((question) => stemSet(question).size > 1) : found;
    const query = correctSpelling(intent.query, vocabulary);
    const questions = (asked.length > 0 ? asked : [query]).filter((question) => question.trim() !== '');
    // The team's own name for what is wanted finds the sentence when the customer has other words for it.
    const topic = intent.label !== null && intent.confidence === 'high' ? intent.name : null;
    const candidates = await scoreUnits({
      sources: valid,
      evidence: evidence.filter(({ audience }) => audience === 'public'),
      questions,
      query,
      topic,
      traits,
      vectors,
      signal: run.signal,
    });
    const { variant } = run.context;
    return chooseUnits(candidates, {
      questions,
      maxStatements: maxStatements[variant],
      howQuestions:
        variant === 'shorter'
          ? []
          : questions.flatMap((question, at) => (asksForSteps(question) ? [at] : [])),
      minAnswer: factsAnswer || orderQuestion !== null || wasMissed ? BESIDE_FACTS : 0,
      rejectedTexts: new Set(rejectedTexts),
    });
  }

  return {
    stage: 'drafting',
    async run(state, run) {
      const { customerIntent: intent, customerTurn, toolCalls, orderQuestion, rejectedTexts } = state;
      const nothing = {
        reason: 'no_evidence' as const,
        message: 'There is nothing certain to say. These passages come closest.',
      };
      if (!intent) return { update: { draft: null, withheld: nothing }, payload: null };
      const { variant, conversation, emit } = run.context;
      const traits = customerTraits(intent, toolCalls, customerTurn?.text ?? '', team.profile.products);
      const statements = composeReply({
        intent,
        team,
        customerName: conversation.customer.name,
        customerText: conversation.messages
          .slice(-20)
          .filter(({ author }) => author === 'customer')
          .map(({ text }) => text)
          .join('\n'),
        toolCalls,
        orderQuestion,
        traits,
        chosen: await choose(state, intent, traits, run),
        variant,
        today: todayIn(team, now()),
        rejectedTexts: new Set(rejectedTexts),
      });
      if (!statements) return { update: { draft: null, withheld: nothing }, payload: null };
      const sentences = numbered(statements);
      for (const sentence of sentences) {
        emit({ kind: 'draft_streamed', revision: run.revision, sentence });
        // Lets a cancel, and the window, get between two sentences.
        await setImmediate(undefined, { signal: run.signal });
      }
      const draft: Draft = { sentences, variant, revision: run.revision };
      return { update: { draft }, payload: { stage: 'drafting', draft } };
    },
    withoutIt: () => ({
      draft: null,
      withheld: {
        reason: 'unsupported_draft',
        message: 'The reply could not be written. The passages found are below.',
      },
    }),
  };
}

function todayIn({ profile }: Team, now: Date): string {
  return new Intl.DateTimeFormat('en-CA', { dateStyle: 'short', timeZone: profile.timezone }).format(now);
}
