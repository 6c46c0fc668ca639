import type { DraftVariant } from '../../../shared/domain/draft.js';
import type { Intent } from '../../../shared/domain/intent.js';
import type { Macro, Team } from '../../../shared/domain/team.js';
import type { ToolCall } from '../../../shared/domain/tool-call.js';
import { printDay } from '../text/quantities.js';
import type { OrderQuestion } from '../order-question.js';
import type { Chosen } from './choose-units.js';
import { apology, closing, greeting } from '../writing/courtesies.js';
import { deadlineOf, readPeriod, type Deadline } from './deadlines.js';
import { createFactBook, type FactBook } from '../writing/fact-book.js';
import { factSentences, factTopics, type FactTopic } from './fact-sentences.js';
import { bestMacro, macroSentences } from '../writing/macro-sentences.js';
import { unitCitation, type Candidate } from './candidate.js';
import { claim, courtesy, type Statement } from '../writing/statement.js';
import type { CustomerTraits } from './traits.js';

export interface ReplyParts {
  readonly intent: Intent;
  readonly team: Team;
  readonly customerName: string;
  /** The customer's newest messages. */
  readonly customerText: string;
  readonly toolCalls: readonly ToolCall[];
  readonly orderQuestion: OrderQuestion | null;
  readonly traits: CustomerTraits;
  readonly chosen: Chosen;
  readonly variant: DraftVariant;
  /** ISO day in the team's time zone. */
  readonly today: string;
  readonly rejectedTexts: ReadonlySet<string>;
}

/**
 * Puts a reply together in the order a good rep writes it: greeting, one apology where due, what is true of the order, the rule that
 * answers the question, when a period ends, the steps, closing. Null when there is nothing to say between greeting and closing.
 */
export function composeReply(parts: ReplyParts): Statement[] | null {
  const { intent, team, customerName, chosen, variant, rejectedTexts } = parts;
  const facts = createFactBook(parts.toolCalls);
  const keep = (statements: readonly Statement[]): Statement[] =>
    statements.filter(({ text }) => !rejectedTexts.has(text));
  const about = keep(variant === 'shorter' ? orderPart(parts, facts).slice(0, 1) : orderPart(parts, facts));
  const questions = missingPart(parts);
  const rules = rulePart(chosen.statements);
  const deadline = variant === 'shorter' ? null : deadlinePart(parts, facts);
  const steps = deadline?.isOver ? [] : stepPart(chosen.steps);
  const body = [about, questions, [...rules, ...keep(deadline?.statements ?? [])], steps].flatMap(
    asParagraph,
  );
  const isAnswer =
    questions.length > 0 || rules.length > 0 || steps.length > 0 || answersByItself(parts, facts);
  if (!isAnswer || !body.some(({ role }) => role !== 'courtesy')) return null;
  const opensWithSorry = /^(?:i am|we are) (?:very )?sorry/i.test(about[0]?.text ?? '');
  const sorry = variant === 'shorter' || opensWithSorry ? [] : apology(intent);
  return [greeting(team.profile, customerName), ...paragraphs(sorry, body), ...closing(team.profile)];
}

/** The first sentence of a part opens a paragraph, whichever sentence that came to be. */
function asParagraph(part: readonly Statement[]): Statement[] {
  return part.map((statement, at) => (at === 0 ? { ...statement, lead: 'paragraph' } : statement));
}

/** The apology opens the first paragraph; what follows joins it. */
function paragraphs(sorry: readonly Statement[], body: readonly Statement[]): Statement[] {
  const [first, ...rest] = body;
  if (!first) return [...sorry];
  const joins =
    sorry.length > 0 && first.lead === 'paragraph' && first.citations.some(({ kind }) => kind !== 'evidence');
  return [...sorry, { ...first, lead: joins ? 'space' : 'paragraph' }, ...rest];
}

/** That an order was delivered, or is under way, answers where it is, and no other question. */
function answersByItself(parts: ReplyParts, facts: FactBook): boolean {
  return !topicsOf(parts, facts).includes('delivered') && orderPart(parts, facts).length > 0;
}

/** What the facts are for. An order nobody named and that is still on its way says nothing about, say, a return. */
function topicsOf({ intent, team, customerText }: ReplyParts, facts: FactBook): FactTopic[] {
  const tools = team.intents.find(({ id }) => id === intent.label)?.tools ?? [];
  const isNamed = customerText.toUpperCase().includes(facts.value('order.id') ?? '?');
  const topics = factTopics(tools, intent.label, facts);
  return isNamed || tools.includes('track_shipment') ? topics : topics.filter((topic) => topic !== 'state');
}

/** What is true of the order: the team's macro when its facts are all there, else plain sentences. */
function orderPart(parts: ReplyParts, facts: FactBook): Statement[] {
  const { intent, team } = parts;
  const definition = team.intents.find(({ id }) => id === intent.label);
  const topics = topicsOf(parts, facts);
  const macro = definition?.macro === undefined ? null : bestMacro(macrosFor(team, definition.id), facts);
  const written = macro && suits(macro, topics, facts) ? macroSentences(macro, facts) : null;
  return written ?? topics.flatMap((topic) => factSentences(topic, facts));
}

function macrosFor({ macros }: Team, intentId: string): Team['macros'] {
  return macros.filter(({ intents }) => intents.includes(intentId));
}

/** Macros speak of what is under way: not of what was just done, a refund already sent, a day already past, or a second parcel. */
function suits({ text }: Macro, topics: readonly FactTopic[], facts: FactBook): boolean {
  if (topics.includes('done')) return false;
  // One without a word of the parcel is for orders that have none yet.
  if (topics.includes('tracking') && !text.includes('{{shipment.')) return false;
  if (topics.includes('refund'))
    return facts.value('refund.sentOn') === null && facts.value('refund.status') === null;
  const isStopped = ['cancelled', 'returned'].includes(facts.value('order.status') ?? '');
  return (
    !isStopped && facts.value('shipment.parcels') === null && facts.value('shipment.wasExpectedOn') === null
  );
}

/** What has to be asked, or said, because an order could not be looked up. */
function missingPart({ toolCalls, orderQuestion, intent, team }: ReplyParts): Statement[] {
  const missed = toolCalls.find(
    ({ tool, status }) => tool === 'look_up_order' && (status === 'refused' || status === 'not_found'),
  );
  if (missed) {
    // The same words whether the order is somebody else's or does not exist: they give nothing away.
    const text = `I could not find order ${missed.input['orderId'] ?? ''} under the email address you are writing from.`;
    const ask =
      'Could you check the number, or write to us from the email address that was used for the order?';
    const citations = [{ kind: 'tool' as const, toolCallId: missed.id, factKey: 'input.orderId' }];
    return [
      claim(text, 'paragraph', citations),
      { text: ask, role: 'question', citations: [], lead: 'space' },
    ];
  }
  if (orderQuestion?.kind === 'which_order') {
    const ids = new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(orderQuestion.orderIds);
    return [
      { text: `Is your question about order ${ids}?`, role: 'question', citations: [], lead: 'paragraph' },
    ];
  }
  if (orderQuestion?.kind !== 'order_number') return [];
  const macro = macrosFor(team, intent.label ?? '').find(
    ({ text }) => text.includes('?') && !text.includes('{{'),
  );
  return macro ? (macroSentences(macro, createFactBook([])) ?? []) : [];
}

function rulePart(statements: readonly Candidate[]): Statement[] {
  return statements.map((candidate, at) =>
    claim(candidate.unit.text, at === 0 ? 'paragraph' : 'space', [unitCitation(candidate)]),
  );
}

/** When the period of a rule that is said ends for this order. Arithmetic of a rule and a fact, and cites both. */
function deadlinePart(
  { chosen, traits, today }: ReplyParts,
  facts: FactBook,
): (Deadline & { statements: Statement[] }) | null {
  const { deliveredOn } = traits;
  const orderId = facts.value('order.id');
  if (
    deliveredOn === null ||
    orderId === null ||
    chosen.statements.some(({ isSeasonal, isRestriction }) => isSeasonal || isRestriction)
  )
    return null;
  for (const candidate of chosen.statements) {
    const period = readPeriod(candidate.unit.text);
    if (!period) continue;
    const deadline = deadlineOf(period, deliveredOn, today);
    const verb = deadline.isOver ? 'ended' : 'end';
    const text = `For order ${orderId}, the ${period.words} ${verb} on ${printDay(deadline.lastDay)}.`;
    const citations = [unitCitation(candidate), ...facts.cite('order.id', 'order.deliveredOn')];
    return { ...deadline, statements: [claim(text, 'space', citations)] };
  }
  return null;
}

function stepPart(steps: readonly Candidate[]): Statement[] {
  if (steps.length === 0) return [];
  return [
    courtesy('Here are the steps:', 'paragraph'),
    ...steps.map((step, at) => claim(`${String(at + 1)}. ${step.unit.text}`, 'line', [unitCitation(step)])),
  ];
}
