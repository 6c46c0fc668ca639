import { setImmediate as eventLoopTurn } from 'node:timers/promises';

import type { Conversation } from '../../../shared/domain/conversation.js';
import type { Entity, MessageLanguage } from '../../../shared/domain/intent.js';
import type { Degradation, Warning } from '../../../shared/domain/suggestion.js';
import type { Team } from '../../../shared/domain/team.js';
import { AppErrorException } from '../../../shared/errors/app-error.js';
import type { Logger } from '../../../shared/lib/logger.js';
import type { Embedder } from '../../models/embedder.js';
import { withCorrections, type IntentClassifier } from '../../models/intent-classifier.js';
import type { AttachedText } from '../attached-text.js';
import { namesOf } from '../screening/technique-names.js';
import { numbersOfFiles, readAttached, withNeedOfFiles } from './attached-files.js';
import { decideIntent } from './confidence.js';
import { needOf, resolveEllipsis } from './ellipsis.js';
import { createEntityFinder } from './entities/entities.js';
import { contactLimit, createEscalationPolicy, type EscalationFinding } from './escalation.js';
import { glossOf } from './gloss.js';
import type { IntentStageResult } from './intent-output.js';
import { detectLanguage, languageName } from './language.js';
import { recogniseNeed, type NeedTexts, type RecognisedNeed } from './recognise-need.js';
import { contactsOnIssue } from './same-issue.js';
import { meaningOf } from './mood/meaning-of.js';
import { readMood, type Mood } from './sentiment.js';
import { blank, tidy } from '../text/text-spans.js';
import { readTurns, type ReadTurn, type TurnContext } from './turn-context.js';
import { readUrgency } from './urgency.js';

export interface IntentDeps {
  readonly classifier: IntentClassifier;
  /** The bundled embedder; null reads the mood from the words alone. */
  readonly embedder: Pick<Embedder, 'embed'> | null;
  readonly team: Team;
  readonly log: Logger;
  readonly now: () => Date;
}

export interface IntentInput {
  readonly conversation: Conversation;
  /** Words of files that count as what the customer said; none when left out. */
  readonly attachedTexts?: readonly AttachedText[];
  readonly signal: AbortSignal;
}

const MAX_QUERY_CHARACTERS = 800;
/** Names are of no language. */
const NAMES: ReadonlySet<Entity['kind']> = new Set(['address', 'product', 'email']);

/**
 * Says what the customer wants and how they are.
 *
 * Reads the newest turns of the conversation. Calls no chat model; everything but the classifier runs here, on at most a few thousand
 * characters. A classifier that fails is a degradation: the label is null, all else is still told. Customer text is data: what speaks to
 * the assistant is taken out before anything reads it.
 * @throws AppErrorException SUGGESTION_CANCELLED, SUGGESTION_NO_CUSTOMER_MESSAGE.
 */
export function createIntentNode({ classifier, embedder, team, log, now }: IntentDeps) {
  const findEntities = createEntityFinder(team.profile);
  const decideEscalation = createEscalationPolicy(team.escalation);
  const enoughContacts = contactLimit(team.escalation);
  const { languages, products, name, supportName } = team.profile;
  const ownWords = new Set(
    [...products, name, supportName].flatMap((text) => text.toLowerCase().match(/\p{L}+/gu) ?? []),
  );

  return async function recognise({
    conversation,
    attachedTexts = [],
    signal,
  }: IntentInput): Promise<IntentStageResult> {
    const startedAt = now().getTime();
    const context = await readTurns(conversation, findEntities);
    if (!context) throw new AppErrorException('SUGGESTION_NO_CUSTOMER_MESSAGE', conversation.id);
    const sentAtOf = (messageId: string): Date =>
      new Date(conversation.messages.find(({ id }) => id === messageId)?.sentAt ?? now());
    const attached = await readAttached(attachedTexts, findEntities, sentAtOf);
    const { newest, earlier, isElliptic } = context;
    const { messageIds } = newest.words;
    // Whoever thanks and sends a file along, which the rep wants answered, is not done.
    const isClosing =
      context.isClosing && !attached.files.some(({ messageId }) => messageIds.includes(messageId));
    const { text } = newest.words;
    const language = detectLanguage(wordsOf(newest), languages);
    const meaning = await meaningOf(text, language, embedder, signal);
    const mood = readMood(text, earlier[0]?.words.text, meaning);
    await eventLoopTurn();
    const found = decideEscalation({ text, mood, contacts: 1 });

    const asked = withNeedOfFiles(calmText(text, found), attached.files, messageIds);
    const query = isClosing ? '' : queryOf(context, asked, language, languages);
    const need = isClosing
      ? nothing
      : await recogniseNeed(needTexts(context, query), classifier, log, signal);
    const { decision, failure } = need;
    const repeated =
      found || isClosing || failure !== null
        ? null
        : await repeatedContact(conversation, context, decision.label, { text, mood }, signal);
    const finding = found ?? repeated;
    const urgency = readUrgency(text, mood.sentiment, finding?.rule.urgency ?? null);
    log.debug('intent.recognised', {
      durationMs: now().getTime() - startedAt,
      count: newest.entities.length,
    });

    const said = entitiesOf(context);
    return {
      intent: {
        ...decision,
        name: isClosing ? 'Nothing to answer' : decision.name,
        sentiment: mood.sentiment,
        anger: mood.anger,
        urgency: urgency.urgency,
        reasonWords: [...new Set([...mood.words, ...urgency.words])],
        language,
        messageLanguages: languagesOf(context, languages),
        entities: [...said, ...numbersOfFiles(said, attached.files)],
        escalation: finding?.escalation ?? null,
        query: finalQuery(context, query, need, ownWords),
      },
      warnings: [...warningsOf(context, language, languages, need), ...attached.warnings],
      degradations: failure === null ? [] : [classifierFailed(failure)],
      customerTurn: {
        text,
        earlierTexts: earlier.map(({ words }) => needOf(words.text)).toReversed(),
        messageIds: [...messageIds],
        isElliptic,
        isClosing,
      },
      fileEntities: attached.files.flatMap(({ entities }) => [...entities]),
    };
  };

  /** The policy again, now that it is known what the customer wants and how often they have asked. */
  async function repeatedContact(
    { pastContacts = [] }: Conversation,
    context: TurnContext,
    label: string | null,
    said: { text: string; mood: Mood },
    signal: AbortSignal,
  ): Promise<EscalationFinding | null> {
    if (label === null || enoughContacts === null) return null;
    const question = {
      label,
      earlier: context.earlier,
      pastContacts,
      entities: entitiesOf(context),
      now: now(),
    };
    const contacts = await contactsOnIssue(question, enoughContacts, classifier, signal);
    return decideEscalation({ ...said, contacts });
  }
}

const nothing: RecognisedNeed = {
  decision: decideIntent(null),
  leansOn: null,
  corrections: [],
  failure: null,
};

/** The text without the sentences that threaten or rage, when anything is left: they hide what is wanted. */
function calmText(text: string, found: EscalationFinding | null): string {
  if (!found || found.rule.reason === 'human_requested') return text;
  const calm = tidy(blank(text, found.sentences));
  return /\p{L}{3}/u.test(calm) ? calm : text;
}

function queryOf(
  { newest, earlier, isElliptic, subject }: TurnContext,
  text: string,
  language: string,
  languages: readonly string[],
): string {
  if (isUnsupported(language, languages))
    return glossOf(text, language) ?? text.slice(0, MAX_QUERY_CHARACTERS);
  const [previous] = earlier;
  const asked = needOf(text);
  let query = asked;
  if (isElliptic && previous) {
    const older: ReadTurn = previous;
    query = resolveEllipsis(
      { text: older.words.text, entities: older.entities },
      { text, entities: newest.entities },
    );
  } else if (subject !== null && asked.split(/\s+/u).length < 3) {
    query = `${subject} ${asked}`.trim();
  }
  return query.slice(0, MAX_QUERY_CHARACTERS);
}

/** The earlier need goes first when the newest turn only complains about it; names of the team's own are no typing errors. */
function finalQuery(
  { newest, earlier }: TurnContext,
  query: string,
  { leansOn, corrections }: RecognisedNeed,
  ownWords: ReadonlySet<string>,
): string {
  if (query === '') return '';
  const whole = leansOn === null ? query : `${leansOn} ${query}`;
  const right = corrections.filter(([written]) => !ownWords.has(written));
  const corrected = withCorrections(whole, right).slice(0, MAX_QUERY_CHARACTERS);
  return `${corrected}${missingProduct(newest, earlier[0], corrected)}`;
}

/** "Is it waterproof?" after a question about a tent is about that tent. */
function missingProduct(newest: ReadTurn, previous: ReadTurn | undefined, query: string): string {
  if (newest.entities.some(({ kind }) => kind === 'product')) return '';
  const product = previous?.entities.find(({ kind }) => kind === 'product')?.text;
  return product === undefined || query.includes(product) ? '' : ` (${product})`;
}

function needTexts({ newest, earlier, isElliptic, subject }: TurnContext, query: string): NeedTexts {
  const [previous] = earlier;
  if (!previous) return { need: query, subject, earlierNeed: null };
  if (isElliptic) {
    // The follow-up's own words tell where it leads, the need before it what it is about.
    const followUp = needOf(newest.words.text);
    return { need: query.includes(followUp) ? query : `${query}\n${followUp}`, subject, earlierNeed: null };
  }
  return { need: query, subject, earlierNeed: needOf(previous.words.text) };
}

/** What the newest turn names; numbers it leaves out are taken from the turn that named them last. */
function entitiesOf({ newest, earlier }: TurnContext): Entity[] {
  const carried = (['order_id', 'return_id', 'tracking_number', 'product'] as const).flatMap((kind) => {
    if (newest.entities.some((entity) => entity.kind === kind)) return [];
    const turn = earlier.find(({ entities }) => entities.some((entity) => entity.kind === kind));
    return turn?.entities.filter((entity) => entity.kind === kind) ?? [];
  });
  return [...newest.entities, ...carried];
}

/** The language of each message by itself: customers change it in the middle of a thread. */
function languagesOf({ newest, earlier }: TurnContext, languages: readonly string[]): MessageLanguage[] {
  return [...earlier]
    .reverse()
    .concat(newest)
    .flatMap((turn) =>
      turn.words.messageIds.map((messageId) => ({
        messageId,
        language: detectLanguage(wordsOf(turn, messageId), languages),
      })),
    );
}

/** A turn, or one message of it, without what is found in it: a Dutch street or a product's name makes no Dutch message. */
function wordsOf({ words, entities }: ReadTurn, only?: string): string {
  return words.parts
    .filter(({ messageId }) => only === undefined || messageId === only)
    .map(({ messageId, offset, text }) => {
      const named = entities
        .filter((entity) => entity.messageId === messageId && NAMES.has(entity.kind))
        .map(({ start, end }) => ({ start: start - offset, end: end - offset }))
        .filter(({ start, end }) => start >= 0 && end <= text.length);
      return tidy(blank(text, named));
    })
    .join('\n');
}

function isUnsupported(language: string, languages: readonly string[]): boolean {
  return language !== 'und' && !languages.includes(language);
}

function warningsOf(
  { newest, isClosing }: TurnContext,
  language: string,
  languages: readonly string[],
  { decision }: RecognisedNeed,
): Warning[] {
  const warnings: Warning[] = [];
  if (newest.words.injections.length > 0) {
    warnings.push({
      code: 'prompt_injection',
      message: `Part of the message speaks to the assistant instead of the team (${namesOf(newest.words.injections)}). That part was ignored.`,
    });
  }
  if (isUnsupported(language, languages)) {
    warnings.push({
      code: 'language_unsupported',
      message: `The customer writes in ${languageName(language)}, which the team does not answer in.`,
    });
  }
  if (newest.words.wasCut) {
    warnings.push({
      code: 'long_message_cut',
      message: 'The message is very long; only its beginning and its end were read.',
    });
  }
  if (!isClosing && decision.label !== null && decision.confidence === 'low') {
    warnings.push({
      code: 'low_confidence',
      message: 'It is not clear what the customer wants; check before you answer.',
    });
  }
  return warnings;
}

function classifierFailed(code: string): Degradation {
  return {
    stage: 'intent',
    code,
    message: 'What the customer wants could not be recognised; everything else was.',
  };
}
