import type { AssistBridge } from '../../shared/contracts/ipc/index.js';
import type { RuleSource } from '../../shared/domain/action.js';
import type { Evidence, Span } from '../../shared/domain/evidence.js';
import type { RejectReason } from '../../shared/domain/feedback.js';
import { selectCanSend } from '../features/conversation/conversation-store.js';
import type { ArticleText } from '../features/knowledge/article-selection.js';
import type { CardHandlers } from '../features/suggestion/card-handlers.js';
import type { PassageAsFound } from '../features/knowledge/passage-place.js';
import { evidenceOf } from '../features/suggestion/card-view.js';
import { sayablePassage } from '../../shared/domain/readable-passage.js';
import { plainText } from '../ui/plain-text.js';
import { createActionTools } from './action-tools.js';
import { createHelpdeskActions, type HelpdeskActions } from './helpdesk-actions.js';
import { createOwnTextActions, type OwnTextActions } from './own-text-actions.js';
import { createPageInsertion } from './page-insertion.js';
import { createReplyActions } from './reply-actions.js';
import type { Stores } from './stores.js';
import { strings } from './strings.js';

const text = strings.notice;
const beside = strings.helpdesk.conversation;

/** What the rep can do by button or by key; one place ties card, composer, clipboard and feedback together. */
export interface RepActions extends CardHandlers, OwnTextActions, HelpdeskActions {
  /** Puts the shown reply, or what the rep has begun to write, into the helpdesk's page. */
  readonly insertIntoPage: () => void;
  readonly submitRejection: (reason: RejectReason, comment: string) => void;
  readonly send: () => void;
  /** Follows the helpdesk's pages, or leaves the card where it is. */
  readonly toggleFollowing: () => void;
  /** Opens the passage a rule of the team stands on. */
  readonly openRule: (source: RuleSource) => void;
  /** Opens the n-th source of the card, counted from 1. */
  readonly openSourceAt: (position: number) => void;
  /** Takes words of an article into the reply, or to the clipboard. */
  readonly insertArticleText: (text: ArticleText) => void;
  readonly copyArticleText: (text: ArticleText) => void;
  readonly warnOfInternalCopy: () => void;
  readonly copyAddress: (address: string) => void;
  /** Adds the note for the record to the conversation on screen. */
  readonly addWrapUp: (note: string) => void;
  /** Copies what is not knowledge, such as an invite. */
  readonly copyText: (text: string, confirmation: string) => void;
  /** Copies the address of a conversation's page in the helpdesk. */
  readonly copyLink: (url: string) => void;
  /** Sends the written reply, where the rep was asked and said yes. */
  readonly sendNow: () => void;
  /** Says that a customer was forgotten. */
  readonly saidForgotten: (conversations: number) => void;
  /** Adds what stands in the composer as a note that only the team sees. */
  readonly addWritten: () => void;
}

/** A rule names words of its article and not their place, which an edit would move. */
const wordsAsFound = (text: string): PassageAsFound => ({
  ...{ text, cited: null, updatedAt: null },
  span: { start: 0, end: text.length },
});

/** Builds the rep's actions over the stores. Every decision is stored by main; when that fails the rep is told. */
export function createRepActions(bridge: AssistBridge, stores: Stores): RepActions {
  const { conversation, suggestion, knowledge, panel } = stores;
  const tools = createActionTools(bridge, stores);
  const { say, complain, shownCard, shown, record, writeClipboard, guarded } = tools;
  const page = createPageInsertion(stores, tools);
  const { takeOver, putWritten, ...besideHelpdesk } = createHelpdeskActions(stores, tools, page);

  function openSource(evidence: Evidence, cited: Span | null): void {
    const { id, articleId, articleTitle, span, text: words, updatedAt, instructions = [] } = evidence;
    void knowledge.getState().openArticle({
      ...{ articleId, title: articleTitle, passage: span, cited },
      instructions: instructions.map(({ start, end }) => ({
        start: span.start + start,
        end: span.start + end,
      })),
      found: { text: words, span, cited, updatedAt },
    });
    const current = shown();
    if (current) record(current.runId, { kind: 'source_opened', evidenceId: id });
  }

  /** The note of a handover, or null after telling the rep that there is none. */
  function handoverNote(): string | null {
    const current = shown();
    if (current?.outcome === 'escalated') return current.handover.note;
    say(text.noNote, 'bad');
    return null;
  }

  function addToConversation(note: string, confirmation: string): void {
    void conversation
      .getState()
      .addNote(note)
      .then((error) => (error ? complain(error) : say(confirmation)));
  }

  return {
    ...createReplyActions(stores, tools, { page, putWritten }),
    ...createOwnTextActions(stores, tools),
    ...besideHelpdesk,
    toggleFollowing() {
      const { state, follow } = stores.active.getState();
      void follow(!state.isFollowing);
      say(state.isFollowing ? strings.active.saidStopped : strings.active.saidStarted);
    },
    alternative() {
      const before = shown();
      if (!before) return;
      record(before.runId, { kind: 'alternative_requested' });
      const variant = suggestion.getState().alternative();
      if (variant) say(text.alternative(strings.reply.variant[variant]));
    },
    reject() {
      if (shown()) panel.getState().open('reject');
      else say(text.nothingToReject, 'bad');
    },
    submitRejection(reason, comment) {
      panel.getState().close();
      const current = shown();
      if (!current) return say(text.nothingToReject, 'bad');
      record(current.runId, { kind: 'rejected', reason, comment });
      suggestion.getState().decide(current.runId, { kind: 'rejected', reason });
      say(text.rejected(strings.feedback.reason[reason]));
    },
    copyNote() {
      const note = handoverNote();
      if (note !== null) void writeClipboard(note, text.noteCopied);
    },
    addNote() {
      const note = handoverNote();
      if (note !== null) addToConversation(note, text.noteAdded);
    },
    addWrapUp: (note) => addToConversation(note, strings.threadSummary.noteAdded),
    insertPassage(evidence) {
      const current = shown();
      if (!current) return;
      const titles = evidence.audience === 'internal' ? [evidence.articleTitle] : [];
      guarded('insert', titles, () => {
        const how = conversation
          .getState()
          .insert({ text: plainText(sayablePassage(evidence)), runId: current.runId });
        suggestion.getState().decide(current.runId, { kind: 'inserted' });
        record(current.runId, { kind: 'inserted' });
        say(how === 'added' ? text.insertedBelow : text.passageInserted);
      });
    },
    insertArticleText({ title, audience, text: body }) {
      if (conversation.getState().activeId === null) return say(text.noConversation, 'bad');
      guarded('insert', audience === 'internal' ? [title] : [], () => {
        const how = conversation.getState().insert({ text: body, runId: null });
        say(how === 'added' ? text.insertedBelow : text.passageInserted);
      });
    },
    copyArticleText: ({ title, audience, text: body }) =>
      guarded('copy', audience === 'internal' ? [title] : [], () => {
        void writeClipboard(body, text.textCopied);
      }),
    warnOfInternalCopy: () => say(strings.internal.copiedByHand, 'bad'),
    copyAddress: (address) => void writeClipboard(address, text.addressCopied),
    copyText: (body, confirmation) => void writeClipboard(body, confirmation),
    openSource,
    openRule({ articleId, title, quote }) {
      const found = quote === undefined ? null : wordsAsFound(quote);
      void knowledge.getState().openArticle({
        ...{ articleId, title, passage: found?.span ?? null, cited: null },
        ...(found ? { found } : {}),
      });
    },
    openSourceAt(position) {
      const evidence = evidenceOf(shownCard())[position - 1];
      if (evidence) openSource(evidence, null);
      else say(text.noSource(position), 'bad');
    },
    retry: () => void suggestion.getState().ask('standard'),
    stop: () => void suggestion.getState().stop(),
    saidForgotten: (conversations) => say(strings.forget.done(conversations)),
    copyLink: (url) => void writeClipboard(url, beside.linkCopied),
    addWritten() {
      void conversation
        .getState()
        .addWritten()
        .then((outcome) => {
          if (outcome.kind === 'nothing') say(beside.nothingToAdd, 'bad');
          if (outcome.kind === 'failed') complain(outcome.error);
          if (outcome.kind === 'sent') say(text.noteAdded);
        });
    },
    send() {
      if (!selectCanSend(conversation.getState())) return takeOver();
      sendNow();
    },
    sendNow: () => sendNow(true),
  };

  function sendNow(isAsked = false): void {
    void conversation
      .getState()
      .send(isAsked)
      .then((outcome) => {
        if (outcome.kind === 'nothing') say(text.nothingToSend, 'bad');
        if (outcome.kind === 'failed') complain(outcome.error);
        if (outcome.kind !== 'sent') return;
        if (outcome.runId !== null) suggestion.getState().decide(outcome.runId, { kind: 'sent' });
        say(text.sent);
      });
  }
}
