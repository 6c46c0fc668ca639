import type { Conversation } from '../../../shared/domain/conversation.js';
import type { Evidence } from '../../../shared/domain/evidence.js';
import type { Degradation, Warning } from '../../../shared/domain/suggestion.js';
import type { RunContext } from '../run-context.js';
import type { StageNode, StageRun } from '../stage-runner.js';
import { addNew, type StateUpdate, type SuggestionState } from '../state.js';
import { blank, tidy, type Span } from '../text/text-spans.js';
import { askSuspicion, type Suspicion, type SuspectText } from './ask-suspicion.js';
import { readableEvidence } from './readable-evidence.js';
import { namesOf } from './technique-names.js';

const SUSPECTED = namesOf(['model_suspicion']);

/**
 * Puts a model's look for hidden instructions before a stage that hands texts of others to a model.
 *
 * It can only add to what the rules of {@link screenText} found: what it copies is left out for models and replies as if a rule had found it,
 * and the rep is told. A model that fails, is late or is not there leaves the rules alone, and the card says so. Asked once in a run.
 */
export function suspecting(node: StageNode, isOn: boolean): StageNode {
  if (!isOn) return node;
  const readable = new WeakMap<RunContext, Said>();
  return {
    ...node,
    async run(state, run) {
      const { model } = run.context;
      if (run.revision > 0 || !model?.isReady('screening'))
        return node.run(state, withSaid(run, readable.get(run.context)));
      const outcome = await askSuspicion(textsOf(state, run.context), state, run);
      const update = outcome.ok
        ? raised(state, run.context, outcome.suspicions)
        : { degradations: [notLookedAt(outcome.failure.code, outcome.failure.message)] };
      const said = outcome.ok ? saidWithout(run.context, outcome.suspicions) : run.context;
      readable.set(run.context, said);
      const { warnings = [], degradations = [], ...found } = update;
      const result = await node.run({ ...state, ...found }, withSaid(run, said));
      return {
        ...result,
        update: {
          ...found,
          ...result.update,
          warnings: addNew(warnings, result.update.warnings ?? []),
          degradations: addNew(degradations, result.update.degradations ?? []),
        },
      };
    },
  };
}

/** What the customer said, in messages and in files. */
type Said = Pick<RunContext, 'conversation' | 'attachedTexts'>;

function withSaid(run: StageRun, said: Said | undefined): StageRun {
  if (!said) return run;
  const { conversation, attachedTexts } = said;
  return { ...run, context: { ...run.context, conversation, attachedTexts } };
}

const messageLabel = (id: string): string => `M-${id.replace(/[^\w.-]/gu, '_').slice(-36)}`;
const fileLabel = (at: number): string => `F${String(at + 1)}`;
const factLabel = (callId: string, key: string): string =>
  `${callId}.${key.replace(/[^\w.-]/gu, '_')}`.slice(0, 40);

/** The newest message first, then its files, records, then passages in their order: what is left out at the limit matters least. */
function textsOf(state: SuggestionState, { conversation, attachedTexts }: RunContext): SuspectText[] {
  const newest = new Set(state.customerTurn?.messageIds ?? []);
  return [
    ...conversation.messages
      .filter(({ id, author }) => author === 'customer' && newest.has(id))
      .map(({ id, text }) => ({ label: messageLabel(id), kind: 'customer_message' as const, text })),
    ...attachedTexts.map(({ text }, at) => ({
      label: fileLabel(at),
      kind: 'customer_file' as const,
      text,
    })),
    ...state.toolCalls.flatMap(({ id, facts }) =>
      facts.map(({ key, value }) => ({
        label: factLabel(id, key),
        kind: 'tool_result' as const,
        text: value,
      })),
    ),
    ...state.evidence.map((passage) => ({
      label: passage.id,
      kind: 'passage' as const,
      text: readableEvidence(passage).text,
    })),
  ];
}

function raised(
  state: SuggestionState,
  { attachedTexts }: RunContext,
  suspicions: readonly Suspicion[],
): StateUpdate {
  if (suspicions.length === 0) return {};
  const warnings: Warning[] = [];
  const wordsAt = (label: string): string[] =>
    suspicions.filter((one) => one.label === label).map(({ words }) => words);
  const newest = state.customerTurn?.messageIds ?? [];
  const inMessages = newest.flatMap((id) => wordsAt(messageLabel(id)));
  if (inMessages.length > 0) warnings.push(inMessage);
  if (attachedTexts.some((_, at) => wordsAt(fileLabel(at)).length > 0)) warnings.push(inFile);
  const { customerTurn } = state;
  const evidence = state.evidence.map((passage) => {
    const spans = wordsAt(passage.id).map((words) => placeOf(passage.text, words) ?? all(passage.text));
    if (spans.length === 0) return passage;
    warnings.push({
      code: 'instructions_in_article',
      message: `"${passage.articleTitle}" ${SUSPECTED}, says the model. That part was not used; tell whoever looks after the article.`,
    });
    const instructions = [...(passage.instructions ?? []), ...spans].sort((a, b) => a.start - b.start);
    return { ...passage, instructions };
  });
  const toolCalls = state.toolCalls.map((call) => {
    const facts = call.facts.map((fact) => {
      if (wordsAt(factLabel(call.id, fact.key)).length === 0) return fact;
      const { key, label, value, original } = fact;
      return { key, label, value: '', original: original ?? value };
    });
    if (facts.every((fact, at) => fact === call.facts[at])) return call;
    warnings.push({
      code: 'instructions_in_record',
      message: `${call.title}: a record ${SUSPECTED}, says the model. Those words were not used.`,
    });
    return { ...call, facts };
  });
  return {
    warnings,
    evidence,
    toolCalls,
    sources: state.sources.map((source) => ({
      ...source,
      markdown: without(source, evidence, state.evidence),
    })),
    ...(customerTurn && inMessages.length > 0
      ? { customerTurn: { ...customerTurn, text: textWithout(customerTurn.text, inMessages) } }
      : {}),
  };
}

/** The article without the places that were found in its passages now. */
function without(
  { articleId, markdown }: SuggestionState['sources'][number],
  after: readonly Evidence[],
  before: readonly Evidence[],
): string {
  const spans = after.flatMap((passage, at): Span[] =>
    passage === before[at] || passage.articleId !== articleId
      ? []
      : (passage.instructions ?? []).map(({ start, end }) => ({
          start: passage.span.start + start,
          end: passage.span.start + end,
        })),
  );
  return blank(markdown, spans);
}

function saidWithout({ conversation, attachedTexts }: Said, suspicions: readonly Suspicion[]): Said {
  return {
    conversation: conversationWithout(conversation, suspicions),
    attachedTexts: attachedTexts.map((file, at) => {
      const found = suspicions.filter(({ label }) => label === fileLabel(at));
      return found.length === 0
        ? file
        : {
            ...file,
            text: textWithout(
              file.text,
              found.map(({ words }) => words),
            ),
          };
    }),
  };
}

function conversationWithout(conversation: Conversation, suspicions: readonly Suspicion[]): Conversation {
  return {
    ...conversation,
    messages: conversation.messages.map((message) => {
      const words = suspicions
        .filter(({ label }) => message.author === 'customer' && label === messageLabel(message.id))
        .map((one) => one.words);
      return words.length === 0 ? message : { ...message, text: textWithout(message.text, words) };
    }),
  };
}

/** Words the model did not copy as they stand stay in a message: its writer must be answered, and the fence holds. */
function textWithout(text: string, words: readonly string[]): string {
  return tidy(
    blank(
      text,
      words.flatMap((one) => placeOf(text, one) ?? []),
    ),
  );
}

/** Where the words stand, whatever white space is between them. */
function placeOf(text: string, words: string): Span | null {
  const parts = words.split(/\s+/u).filter((part) => part !== '');
  if (parts.length === 0) return null;
  const pattern = new RegExp(
    parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&')).join('\\s+'),
    'iu',
  );
  const found = pattern.exec(text);
  return found && { start: found.index, end: found.index + found[0].length };
}

const all = (text: string): Span => ({ start: 0, end: text.length });
const inMessage: Warning = {
  code: 'prompt_injection',
  message: `Part of the message ${SUSPECTED}, says the model. That part was ignored.`,
};

const inFile: Warning = {
  code: 'prompt_injection',
  message: `Part of a file the customer sent ${SUSPECTED}, says the model. That part was ignored.`,
};

function notLookedAt(code: string, message: string): Degradation {
  return {
    stage: 'drafting',
    code,
    message: `Hidden instructions were looked for by rules alone, without the model. ${message}`,
  };
}
