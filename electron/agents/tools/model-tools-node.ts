import type { Conversation } from '../../../shared/domain/conversation.js';
import type { Team } from '../../../shared/domain/team.js';
import type { ToolCall } from '../../../shared/domain/tool-call.js';
import type { ToolChoice, ToolOffer } from '../../models/chat-model.js';
import { assembleContext } from '../context/assemble-context.js';
import { modelDegradation } from '../model-degradation.js';
import { privateValuesOf } from '../private-values.js';
import type { StageNode } from '../stage-runner.js';
import type { SuggestionState } from '../state.js';
import { fence, fenceNotice } from '../text/fence.js';
import { choosePrompt } from '../writing/choose-prompt.js';
import type { PlannedCall, ToolRegistry } from './tool-registry.js';
import { chosenProposals } from './chosen-proposals.js';
import { withoutMisses } from './several-systems.js';
import type { WriteTool } from './write-tool.js';
import { wantedTools } from './plan-tool-calls.js';
import { failures, warningsOf } from './tools-node.js';
import { toolsPrompt } from './tools-prompt.js';

export interface ModelToolsDeps {
  readonly registry: ToolRegistry;
  /** The team's changes, which a model may propose and nothing more. */
  readonly writeTools: readonly WriteTool[];
  readonly team: Team;
  /** Calls what the intent's policy names; its calls are always made. */
  readonly local: StageNode;
}

const CONTEXT_TOKENS = 2_500;
const MAX_CALLS = 3;
/** Nobody waits for a run with a model; the local card is on the screen. */
const BESIDE_LIMIT_MS = 4_500;

/**
 * Lets a model choose look-ups besides those the team's policy plans, where the policy may have missed one: the intent is unsure, or an order
 * could not be told.
 *
 * A change that is chosen becomes a proposal for the rep ({@link chosenProposals}). Of look-ups, an argument must stand in what the customer wrote, or be the customer's own address: text that came from
 * somebody else cannot widen what is looked up. The registry checks the schema, the tool whose data it is.
 */
export function createModelToolsNode({ registry, writeTools, team, local }: ModelToolsDeps): StageNode {
  return {
    ...local,
    async run(state, run) {
      const { context, signal } = run;
      const { model, conversation } = context;
      const found = await local.run(state, run);
      const now: SuggestionState = { ...state, ...found.update };
      const changes = mayWant(now) ? writeTools : [];
      const offers = [...registry.offers(), ...offersOf(changes)];
      const isWorthIt = mayMiss(now, conversation, team) || changes.length > 0;
      if (!model || offers.length === 0 || !isWorthIt || !model.isReady('tools')) return found;
      const prompt = choosePrompt(team, toolsPrompt);
      const { text } = assembleContext({
        conversation,
        attachedTexts: context.attachedTexts,
        newestIds: now.customerTurn?.messageIds ?? [],
        earlierSummary: context.earlierSummary,
        toolCalls: now.toolCalls,
        passages: [],
        maxTokens: CONTEXT_TOKENS,
        countTokens: model.countTokens,
        boundary: model.boundary,
      });
      const { email } = conversation.customer;
      const own =
        email === undefined
          ? ''
          : `\nThe customer's address:\n${fence('tool_result', email, model.boundary)}`;
      const outcome = await model.choose({
        ...{ task: 'tools', prompt, tools: offers, signal },
        turns: [
          { role: 'system', text: `${prompt.text}\n\n# Data\n${fenceNotice(model.boundary)}` },
          {
            role: 'user',
            text: `${text}\n\n# Task\nWhich look-ups are needed, and does the customer ask for one of the changes?${own}`,
          },
        ],
        privateValues: privateValuesOf(conversation, now),
      });
      if (!outcome.ok) {
        const degradations = [
          ...(found.update.degradations ?? []),
          modelDegradation('tools', outcome.failure),
        ];
        return { ...found, update: { ...found.update, degradations } };
      }
      const customerWords = conversation.messages
        .filter(({ author }) => author === 'customer')
        .slice(-20)
        .map(({ text: words }) => words)
        .concat(
          context.attachedTexts.map(({ text: words }) => words),
          email ?? '',
        )
        .join('\n');
      const calls = newCalls(outcome.value, now.toolCalls, customerWords, (name) => registry.isOffered(name));
      const customer = { name: conversation.customer.name, email: email ?? null };
      const last = highestNumber(now.toolCalls);
      const answers = await Promise.all(
        registry
          .forEachSystem(calls)
          .map((call, at) =>
            registry.call(`T${String(last + at + 1)}`, call, customer, signal, BESIDE_LIMIT_MS),
          ),
      );
      const made = withoutMisses(answers);
      const toolCalls = [...now.toolCalls, ...made];
      const proposals = now.customerIntent
        ? chosenProposals({
            ...{ intent: now.customerIntent, team, writeTools: changes, toolCalls, customer, customerWords },
            ...{ choices: outcome.value, proposals: now.proposals },
          })
        : [];
      return {
        update: {
          ...found.update,
          toolCalls,
          proposals: [...now.proposals, ...proposals],
          orderQuestion: made.some(isOrder) ? null : now.orderQuestion,
          warnings: [...(found.update.warnings ?? []), ...warningsOf(made, false)],
          degradations: [...(found.update.degradations ?? []), ...failures(made, false)],
        },
        payload: { stage: 'tools', toolCalls },
      };
    },
  };
}

/** Of the `T` numbers given so far: calls that found nothing were left out, so that there are fewer calls than numbers. */
const highestNumber = (calls: readonly ToolCall[]): number =>
  Math.max(0, ...calls.map(({ id }) => Number(id.slice(1))));

/** Whether there is something to look up that the policy has not: a number the customer wrote, or their own address while the intent is unsure. */
function mayMiss(
  { customerIntent: intent, customerTurn, toolCalls, orderQuestion }: SuggestionState,
  { messages, customer }: Conversation,
  team: Team,
): boolean {
  if (!intent || !customerTurn || customerTurn.isClosing) return false;
  const isPlanned = toolCalls.length > 0 || wantedTools(intent, team, false).length === 0;
  if (isPlanned && intent.confidence === 'high' && orderQuestion === null) return false;
  const asked = new Set(
    toolCalls.flatMap(({ input }) => Object.values(input)).map((value) => value.toLowerCase()),
  );
  const numbers = messages
    .slice(-20)
    .filter(({ author }) => author === 'customer')
    .flatMap(({ text }) => text.match(/(?=[\p{L}-]*\d{3})[\p{L}\d-]{4,}/gu) ?? []);
  const isUnsure = intent.confidence === 'low' && customer.email !== undefined;
  return isUnsure || numbers.some((number) => !asked.has(number.toLowerCase()));
}

/** Whether a change may be wished for that the policy did not propose: of an order or subscription of this customer, while the intent is unsure. */
function mayWant({ customerIntent: intent, customerTurn, toolCalls, proposals }: SuggestionState): boolean {
  if (!intent || !customerTurn || customerTurn.isClosing || proposals.length > 0) return false;
  const isKnown = toolCalls.some(({ facts }) =>
    facts.some(({ key }) => key === 'order.id' || key === 'subscription.id'),
  );
  return intent.confidence !== 'high' && isKnown;
}

/** Each change once, in however many systems it can be made. */
const offersOf = (changes: readonly WriteTool[]): ToolOffer[] =>
  changes.filter(({ name }, at) => changes.findIndex((one) => one.name === name) === at).map(offerOf);

const offerOf = ({ name, description, input }: WriteTool): ToolOffer => ({
  ...{ name, input },
  description: `${description} A change: it is only proposed, and a person decides.`,
});

function isOrder({ facts }: ToolCall): boolean {
  return facts.some(({ key }) => key === 'order.id');
}

/** Choices as calls: offered, not made before, each argument in the customer's own words. */
function newCalls(
  choices: readonly ToolChoice[],
  made: readonly ToolCall[],
  customerWords: string,
  isOffered: (name: string) => boolean,
): PlannedCall[] {
  const known = new Set(made.map(({ tool, input }) => keyOf({ tool, input })));
  const said = customerWords.toLowerCase();
  const calls: PlannedCall[] = [];
  for (const { name, input } of choices) {
    const texts = Object.entries(input).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    );
    const call = { tool: name, input: Object.fromEntries(texts) };
    const isOwn =
      texts.length > 0 &&
      texts.every(([, value]) => value.trim() !== '' && said.includes(value.toLowerCase()));
    if (!isOffered(name) || !isOwn || known.has(keyOf(call))) continue;
    known.add(keyOf(call));
    calls.push(call);
  }
  return calls.slice(0, MAX_CALLS);
}

function keyOf({ tool, input }: PlannedCall): string {
  return JSON.stringify([tool, Object.entries(input).sort()]).toLowerCase();
}
