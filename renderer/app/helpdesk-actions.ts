import { helpdeskRefOf } from '../../shared/domain/helpdesk-ref.js';
import { selectComposer, selectDelivers, selectThread } from '../features/conversation/conversation-store.js';
import type { ActionTools } from './action-tools.js';
import type { PageInsertion, Written } from './page-insertion.js';
import type { Stores } from './stores.js';
import { strings } from './strings.js';

const beside = strings.helpdesk.conversation;
const words = strings.view;

/** What the rep does between Cuecard and the helpdesk beside it. Nothing of it sends. */
export interface HelpdeskActions {
  /** Opens the helpdesk's own pages at the conversation on screen, or closes them. */
  readonly toggleView: () => void;
  /** Opens a conversation's page in the helpdesk here, where there is room and it has one; else its address is copied, and the rep told. */
  readonly openPage: (url: string) => void;
  /** Gives the keyboard to the helpdesk's page. */
  readonly enterPage: () => void;
  /** Leaves the written reply in the helpdesk, to be sent from there. */
  readonly saveDraft: () => void;
}

interface Inner extends HelpdeskActions {
  /** Brings what is written to the helpdesk: into its page where that is open, else into its drafts, else onto the clipboard. */
  readonly takeOver: () => void;
  /** Puts what is written into the page; where that shows another conversation the rep is told, and nothing is copied. */
  readonly putWritten: (written: Written) => void;
}

export function createHelpdeskActions(stores: Stores, tools: ActionTools, page: PageInsertion): Inner {
  const { conversation, suggestion } = stores;
  const { say, complain, record, writeClipboard } = tools;

  /** The text is on the clipboard: for the rep to paste it. */
  async function copied(body: string, runId: string | null, confirmation: string): Promise<void> {
    if (!(await writeClipboard(body, confirmation)) || runId === null) return;
    suggestion.getState().decide(runId, { kind: 'copied' });
    record(runId, { kind: 'copied' });
  }

  async function intoPage({ conversationId, text, runId }: Written, copiesForOther: boolean): Promise<void> {
    const how = await page.put(conversationId, text, runId !== null);
    if (how === 'no_editor') return copied(text, runId, words.noEditor);
    if (how === 'other_conversation' && copiesForOther) return copied(text, runId, words.otherConversation);
    if (how === 'other_conversation') return say(words.otherShown, 'bad');
    if (how !== 'inserted') return;
    say(words.inserted);
    // It was recorded as inserted when it came into the composer.
    if (runId !== null) suggestion.getState().decide(runId, { kind: 'inserted' });
  }

  /** Beside a helpdesk a reply goes out from there: it is inserted or copied, and stays until the rep clears it. */
  function copyWritten(): void {
    const { text, runId } = selectComposer(conversation.getState());
    if (text.trim() === '') return say(beside.nothingToCopy, 'bad');
    const { activeId } = conversation.getState();
    if (page.isOpen() && activeId !== null) void intoPage({ conversationId: activeId, text, runId }, true);
    else void copied(text, runId, beside.replyCopied);
  }

  function saveDraft(): void {
    void conversation
      .getState()
      .saveDraft()
      .then((outcome) => {
        if (outcome.kind === 'nothing') say(beside.nothingToCopy, 'bad');
        if (outcome.kind === 'failed') complain(outcome.error);
        if (outcome.kind !== 'sent') return;
        say(beside.draftSaved);
        if (outcome.runId === null) return;
        suggestion.getState().decide(outcome.runId, { kind: 'copied' });
        record(outcome.runId, { kind: 'copied' });
      });
  }

  const known = () => stores.helpdesk.getState().view?.helpdesks ?? [];
  const hasRoom = (): boolean => stores.settings.getState().settings.layout === 'full';

  /** The helpdesk of the conversation on screen. */
  function ownHelpdesk() {
    const { activeId } = conversation.getState();
    const of = activeId === null ? null : helpdeskRefOf(activeId);
    return known().find(({ connection }) => connection.id === of?.connectionId);
  }

  return {
    toggleView() {
      const { view, open, close } = stores.view.getState();
      if (view.connectionId !== null) return void close();
      const thread = selectThread(conversation.getState());
      const target = ownHelpdesk() ?? known()[0];
      if (!target) return say(words.none, 'bad');
      if (!hasRoom()) return say(words.narrow, 'bad');
      const url = thread?.kind === 'open' ? (thread.conversation.url ?? null) : null;
      void open(target.connection.id, url);
    },
    openPage(url) {
      const connection = ownHelpdesk()?.connection;
      const page = URL.parse(url);
      const isItsOwn =
        page !== null &&
        ['http:', 'https:'].includes(page.protocol) &&
        page.origin === URL.parse(connection?.baseUrl ?? '')?.origin;
      if (!connection || !isItsOwn) return void writeClipboard(url, words.notHere);
      if (!hasRoom()) return void writeClipboard(url, words.noRoom);
      stores.panel.getState().close();
      void stores.view.getState().open(connection.id, url);
    },
    enterPage() {
      const { focus } = stores.view.getState();
      if (page.isOpen()) focus();
      else say(words.notOpen, 'bad');
    },
    saveDraft,
    takeOver() {
      if (!page.isOpen() && selectDelivers(conversation.getState()).includes('draft')) saveDraft();
      else copyWritten();
    },
    putWritten: (written) => void intoPage(written, false),
  };
}
