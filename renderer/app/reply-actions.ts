import type { InsertOutcome } from '../../shared/contracts/ipc/view.js';
import type { DraftSentence } from '../../shared/domain/draft.js';
import { draftText } from '../../shared/domain/draft-text.js';
import type { Suggestion } from '../../shared/domain/suggestion.js';
import { selectCanSend, selectComposer } from '../features/conversation/conversation-store.js';
import type { CardHandlers } from '../features/suggestion/card-handlers.js';
import { insertableText, internalSources } from '../features/suggestion/card-view.js';
import { versionName } from '../features/suggestion/version-name.js';
import { withSentence, withoutSentences } from '../features/suggestion/draft-edits.js';
import {
  chosenSentence,
  fixOf,
  judgedSentences,
  unsupportedSentences,
} from '../features/suggestion/findings.js';
import type { ActionTools } from './action-tools.js';
import type { PageInsertion, Written } from './page-insertion.js';
import type { Stores } from './stores.js';
import { strings } from './strings.js';

const text = strings.notice;
const beside = strings.helpdesk.conversation;
const model = strings.modelCard.notice;
const words = strings.rewrite;

type OfTheCard = Pick<
  CardHandlers,
  | 'insert'
  | 'edit'
  | 'copy'
  | 'askCustomer'
  | 'togglePin'
  | 'rewrite'
  | 'switchStrategy'
  | 'chooseAlternative'
  | 'takeFix'
  | 'takeOut'
  | 'restore'
>;

interface ReplyActions extends OfTheCard {
  /** Puts what the rep has begun to write, else the shown reply, into the helpdesk's page. */
  readonly insertIntoPage: () => void;
}

interface ReplyWays {
  readonly page: PageInsertion;
  readonly putWritten: (written: Written) => void;
}

/** Ready to go out: the reply, and what of it is let through although nothing supports it. */
interface Cleared {
  readonly suggestion: Suggestion;
  readonly body: string;
  readonly unsupported: readonly string[];
}

/**
 * What the rep does with the reply itself. A reply with a sentence that nothing supports goes nowhere by one key: the rep sees the
 * sentence and chooses.
 */
export function createReplyActions(
  stores: Stores,
  tools: ActionTools,
  { page, putWritten }: ReplyWays,
): ReplyActions {
  const { conversation, suggestion, guard } = stores;
  const { say, complain, shown, record, writeClipboard, guarded } = tools;
  const canSend = (): boolean => selectCanSend(conversation.getState());

  /** Whether the reply's conversation is still on screen; the rep hears where it is not, since then nothing of it goes anywhere. */
  function isStillHere({ conversationId }: Suggestion): boolean {
    const isHere = conversation.getState().activeId === conversationId;
    if (!isHere) say(text.elsewhere, 'bad');
    return isHere;
  }

  /** Hands the reply on once all of it may go out; `edit` gets it with the words to change. With `runId`, that of no other reply. */
  function clear(how: 'insert' | 'copy', proceed: (cleared: Cleared) => void, runId?: string): void {
    const current = shown();
    if (runId !== undefined && current?.runId !== runId) return say(text.elsewhere, 'bad');
    const body = current && insertableText(current);
    if (!current || body === null) return say(text.nothingToInsert, 'bad');
    const titles = internalSources(current).map(({ articleTitle }) => articleTitle);
    const bad = unsupportedSentences(current);
    const pass = (unsupported: readonly string[]): void =>
      guarded(how, titles, () => proceed({ suggestion: current, body, unsupported }));
    if (bad.length === 0) return pass([]);
    const texts = bad.map(({ sentence }) => sentence.text);
    guard.getState().hold({ kind: 'unsupported', how, sentences: bad }, (choice) => {
      if (choice === 'proceed') return pass(texts);
      if (choice === 'edit')
        return guarded('insert', titles, () => {
          if (insertBody({ suggestion: current, body, unsupported: [] }, text.insertedForEdit))
            conversation.getState().focusComposer(texts[0]);
        });
      const ids = bad.map(({ sentence }) => sentence.id);
      void revise(current, (sentences) => withoutSentences(sentences, ids)).then((isDone) => {
        if (isDone) clear(how, proceed, current.runId);
      });
    });
  }

  /** Gives whether the reply is in the composer: never in that of another conversation. */
  function insertBody({ suggestion: current, body, unsupported }: Cleared, confirmation: string): boolean {
    if (!isStillHere(current)) return false;
    const isModelWriting = tools.isModelWriting();
    const how = conversation.getState().insert({ text: body, runId: current.runId });
    suggestion.getState().decide(current.runId, { kind: 'inserted' });
    record(current.runId, { kind: 'inserted', ...letThrough(unsupported) });
    if (how === 'added') say(text.insertedBelow);
    else say(isModelWriting ? model.insertedLocal : confirmation);
    return true;
  }

  /** Puts the reply into the page by itself, as it would come into the composer; gives whether that is all. */
  async function putBody({
    suggestion: { conversationId, runId },
    body,
    unsupported,
  }: Cleared): Promise<InsertOutcome | null> {
    const isModelWriting = tools.isModelWriting();
    const how = await page.put(conversationId, body, true);
    if (how !== 'inserted') return how;
    suggestion.getState().decide(runId, { kind: 'inserted' });
    record(runId, { kind: 'inserted', ...letThrough(unsupported) });
    say(isModelWriting ? model.insertedLocal : strings.view.inserted);
    return how;
  }

  /** Where the rep's cursor is in the page beside, the reply goes there; else into the composer, as where text is in it already. */
  function insertWhereTheRepIs(cleared: Cleared): void {
    const isWriting = selectComposer(conversation.getState()).text.trim() !== '';
    const compose = (): void => void insertBody(cleared, canSend() ? text.inserted : besideInserted());
    if (!page.isOpen() || isWriting) return compose();
    void putBody(cleared).then((how) => {
      if (how === 'no_editor' || how === 'other_conversation') compose();
    });
  }

  const besideInserted = (): string => (page.isOpen() ? strings.view.inComposer : beside.inserted);

  function copyBody({ suggestion: current, body, unsupported }: Cleared, confirmation: string): void {
    if (!isStillHere(current)) return;
    const { runId } = current;
    void writeClipboard(body, confirmation).then((isCopied) => {
      if (!isCopied) return;
      suggestion.getState().decide(runId, { kind: 'copied' });
      record(runId, { kind: 'copied', ...letThrough(unsupported) });
    });
  }

  /** Gives whether the changed reply is on the card. A change that would leave no content is refused. */
  async function revise(
    current: Suggestion,
    change: (sentences: readonly DraftSentence[]) => readonly DraftSentence[],
  ): Promise<boolean> {
    if (current.outcome !== 'reply') return false;
    const sentences = change(current.draft.sentences);
    if (sentences.every(({ role }) => role === 'courtesy')) {
      say(text.nothingLeft, 'bad');
      return false;
    }
    const error = await suggestion.getState().revise(current.runId, sentences);
    if (error) complain(error);
    return error === null;
  }

  return {
    insert: () => clear('insert', insertWhereTheRepIs),
    insertIntoPage() {
      if (!page.isOpen()) return say(strings.view.notOpen, 'bad');
      const written = page.begun();
      if (written) return putWritten(written);
      const card = tools.shownCard();
      if (card?.kind === 'running' || card?.kind === 'waiting') return say(strings.view.stillWriting, 'bad');
      clear('insert', (cleared) => {
        void putBody(cleared).then((how) => {
          if (how === 'no_editor') copyBody(cleared, strings.view.noEditor);
          if (how === 'other_conversation') say(strings.view.otherShown, 'bad');
        });
      });
    },
    edit: () =>
      clear('insert', (cleared) => {
        if (insertBody(cleared, text.insertedForEdit)) conversation.getState().focusComposer();
      }),
    copy: () => clear('copy', (cleared) => copyBody(cleared, text.copied)),
    askCustomer() {
      const current = shown();
      if (current?.outcome !== 'withheld' || !current.question) return say(text.nothingToAsk, 'bad');
      const body = draftText(current.question.sentences);
      const confirmation = canSend() ? text.questionInserted : beside.questionInserted;
      insertBody({ suggestion: current, body, unsupported: [] }, confirmation);
    },
    togglePin() {
      void suggestion
        .getState()
        .togglePin()
        .then((held) => {
          if (typeof held !== 'boolean') complain(held);
          else say(held ? model.pinned : model.unpinned);
        });
    },
    switchStrategy() {
      void suggestion
        .getState()
        .switchStrategy()
        .then((shownNow) => {
          if (shownNow === null) say(model.noOther, 'bad');
          else if (typeof shownNow === 'string') say(model[shownNow]);
          else complain(shownNow);
        });
    },
    chooseAlternative(key) {
      void suggestion
        .getState()
        .choose(key)
        .then((outcome) => {
          const card = tools.shownCard();
          if (outcome === false) say(strings.alternatives.gone, 'bad');
          else if (outcome !== true) complain(outcome);
          else if (card?.kind === 'ready') say(strings.alternatives.chosen(versionName(card)));
        });
    },
    rewrite(action) {
      const { noModel, rewrite } = suggestion.getState();
      if (shown()?.outcome !== 'reply') return say(words.noReply, 'bad');
      if (noModel && action.kind !== 'shorter')
        return say(noModel === 'over_budget' ? words.whyOverBudget : words.whyNoModel, 'bad');
      void rewrite(action).then((outcome) => {
        if (outcome === true) say(words.done(words.action[action.kind]));
        else if (outcome !== false) complain(outcome);
      });
    },
    takeFix(sentenceId) {
      const current = shown();
      const chosen =
        current &&
        chosenSentence(judgedSentences(current), sentenceId, ({ verdict }) => fixOf(verdict) !== null);
      const fix = chosen ? fixOf(chosen.verdict) : null;
      if (!current || !chosen || fix === null) return say(text.nothingToFix, 'bad');
      void revise(current, (sentences) => withSentence(sentences, chosen.sentence.id, fix)).then(
        (isDone) => isDone && say(fix === '' ? text.takenOut : text.fixed),
      );
    },
    takeOut(sentenceId) {
      const current = shown();
      const chosen =
        current &&
        chosenSentence(
          judgedSentences(current),
          sentenceId,
          ({ verdict }) => verdict.support === 'unsupported',
        );
      if (!current || !chosen) return say(text.nothingToTakeOut, 'bad');
      void revise(current, (sentences) => withoutSentences(sentences, [chosen.sentence.id])).then(
        (isDone) => isDone && say(text.takenOut),
      );
    },
    restore() {
      const current = shown();
      if (!current) {
        if (suggestion.getState().back()) say(strings.alternatives.back);
        return;
      }
      suggestion.getState().restore(current.runId);
      say(text.restored);
    },
  };
}

function letThrough(unsupported: readonly string[]): { unsupported?: string[] } {
  return unsupported.length === 0 ? {} : { unsupported: [...unsupported] };
}
