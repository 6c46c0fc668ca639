import type { AssistBridge } from '../../shared/contracts/ipc/index.js';
import { createActiveStore, type ActiveStore } from '../features/active/active-store.js';
import { createActionsStore, type ActionsStore } from '../features/actions/actions-store.js';
import { createAttachmentStore, type AttachmentStore } from '../features/conversation/attachment-store.js';
import {
  createConversationStore,
  type ConversationStore,
} from '../features/conversation/conversation-store.js';
import {
  createThreadSummaryStore,
  type ThreadSummaryStore,
} from '../features/conversation/thread-summary-store.js';
import { createForgetStore, type ForgetStore } from '../features/conversation/forget-store.js';
import { createBusinessStore, type BusinessStore } from '../features/business/business-store.js';
import { createViewStore, type ViewStore } from '../features/view/view-store.js';
import { createFeedbackStore, type FeedbackStore } from '../features/feedback/feedback-store.js';
import { createGoToStore, type GoToStore } from '../features/helpdesk/go-to-store.js';
import { createHelpdeskStore, type HelpdeskStore } from '../features/helpdesk/helpdesk-store.js';
import { createInboxStore, type InboxStore } from '../features/inbox/inbox-store.js';
import { createKnowledgeStore, type KnowledgeStore } from '../features/knowledge/knowledge-store.js';
import { connectLead, createLeadStores, type LeadStores } from '../features/lead/lead-stores.js';
import { createLedgerStore, type LedgerStore } from '../features/ledger/ledger-store.js';
import { createSourcesStore, type SourcesStore } from '../features/knowledge/sources-store.js';
import { createAnsweringStore, type AnsweringStore } from '../features/settings/answering-store.js';
import { createChatModelStore, type ChatModelStore } from '../features/settings/chat-model-store.js';
import { createSearchModelStore, type SearchModelStore } from '../features/settings/search-model-store.js';
import { createPlaybookStore, type PlaybookStore } from '../features/playbook/playbook-store.js';
import { createExtensionStore, type ExtensionStore } from '../features/settings/extension-store.js';
import { createSettingsStore, type SettingsStore } from '../features/settings/settings-store.js';
import { isReadingReply } from '../features/suggestion/is-reading.js';
import { createSuggestionStore, type SuggestionStore } from '../features/suggestion/suggestion-store.js';
import { retryWhenOnline } from '../features/team/retry-when-online.js';
import { createTeamStore, type TeamStore } from '../features/team/team-store.js';
import { announceApprovals } from './announce-approvals.js';
import { announceImports } from './announce-imports.js';
import { announceMilestones } from './announce-milestones.js';
import { announceTeam } from './announce-team.js';
import { followActive } from './follow-active.js';
import { followForgotten } from './follow-forgotten.js';
import { followHelpdesks } from './follow-helpdesks.js';
import { dropHeld } from './drop-held.js';
import { createGuardStore, type GuardStore } from './guard-store.js';
import { isLead } from './is-lead.js';
import { createNoticeStore, type NoticeStore } from './notice-store.js';
import { createPanelStore, type PanelStore } from './panel-store.js';

/** Every store of the window, by feature. */
export interface Stores {
  readonly inbox: InboxStore;
  readonly conversation: ConversationStore;
  readonly attachments: AttachmentStore;
  readonly threadSummary: ThreadSummaryStore;
  readonly forget: ForgetStore;
  readonly suggestion: SuggestionStore;
  readonly actions: ActionsStore;
  readonly playbook: PlaybookStore;
  readonly business: BusinessStore;
  readonly view: ViewStore;
  readonly active: ActiveStore;
  readonly extension: ExtensionStore;
  readonly feedback: FeedbackStore;
  readonly knowledge: KnowledgeStore;
  readonly sources: SourcesStore;
  readonly settings: SettingsStore;
  readonly answering: AnsweringStore;
  readonly searchModel: SearchModelStore;
  readonly chatModel: ChatModelStore;
  readonly team: TeamStore;
  readonly lead: LeadStores;
  readonly ledger: LedgerStore;
  readonly helpdesk: HelpdeskStore;
  readonly goTo: GoToStore;
  readonly panel: PanelStore;
  readonly notice: NoticeStore;
  readonly guard: GuardStore;
}

/** Builds the stores; they know nothing of each other. */
export function createStores(bridge: AssistBridge): Stores {
  return {
    inbox: createInboxStore(bridge),
    conversation: createConversationStore(bridge),
    attachments: createAttachmentStore(bridge),
    threadSummary: createThreadSummaryStore(bridge),
    forget: createForgetStore(bridge),
    suggestion: createSuggestionStore(
      bridge,
      () => performance.now(),
      () => isReadingReply(document),
    ),
    actions: createActionsStore(bridge, () => performance.now()),
    playbook: createPlaybookStore(bridge),
    business: createBusinessStore(bridge),
    view: createViewStore(bridge),
    active: createActiveStore(bridge, () => Date.now()),
    extension: createExtensionStore(bridge),
    feedback: createFeedbackStore(bridge),
    knowledge: createKnowledgeStore(bridge),
    sources: createSourcesStore(bridge),
    settings: createSettingsStore(bridge),
    answering: createAnsweringStore(bridge),
    searchModel: createSearchModelStore(bridge),
    chatModel: createChatModelStore(bridge),
    team: createTeamStore(bridge),
    lead: createLeadStores(bridge),
    ledger: createLedgerStore(bridge),
    helpdesk: createHelpdeskStore(bridge),
    goTo: createGoToStore(bridge),
    panel: createPanelStore(),
    notice: createNoticeStore(),
    guard: createGuardStore(),
  };
}

/**
 * Lets the stores follow main and ties them together: the conversation chosen in the inbox is the one
 * whose messages and card are shown. Returns the function that ends it.
 */
export function connectStores(bridge: AssistBridge, stores: Stores): () => void {
  const { inbox, conversation, suggestion, feedback, knowledge, sources, settings } = stores;
  const { team, ledger, answering, helpdesk, actions } = stores;
  const followers = [inbox, conversation, suggestion, feedback, knowledge, sources, settings];
  const stops = [
    ...[...followers, team, ledger, answering, helpdesk, actions, stores.view, stores.attachments].map(
      (store) => store.getState().connect(),
    ),
    ...[stores.active, stores.extension].map((store) => store.getState().connect()),
    inbox.subscribe(({ activeId }, before) => {
      if (activeId === before.activeId) return;
      void conversation.getState().show(activeId);
      void stores.attachments.getState().show(activeId);
      void suggestion.getState().show(activeId);
      void actions.getState().show(activeId);
      void stores.playbook.getState().show(activeId);
      knowledge.getState().closeArticle();
    }),
    dropHeld(stores),
    announceMilestones(stores),
    announceImports(stores),
    announceTeam(stores),
    announceApprovals({ ...stores, approvals: stores.lead.approvals }),
    followHelpdesks(stores),
    followForgotten(bridge, stores),
    followAsked(stores),
    followActive(stores),
    connectLead(bridge, stores.lead),
    leaveDesk(stores),
    showWhatChanged(stores),
    retryWhenOnline(window, team),
    settings.subscribe(({ about }, before) => {
      if (about?.embedderProblem && !before.about)
        stores.notice.getState().say(`${about.embedderProblem.message} ${about.embedderProblem.next}`, 'bad');
      const problem = about?.storage.problem;
      if (problem && !before.about) stores.notice.getState().say(`${problem.message} ${problem.next}`, 'bad');
    }),
    // What an import brought is in the list as soon as it ends.
    sources.subscribe(({ finished }, before) => {
      if (finished !== before.finished) void knowledge.getState().loadArticles();
    }),
  ];
  void settings.getState().load();
  void answering.getState().load();
  void team.getState().load();
  void knowledge.getState().loadStatus();
  void helpdesk.getState().load();
  void inbox.getState().load();
  void stores.active.getState().load();
  void stores.extension.getState().load();
  return () => stops.forEach((stop) => stop());
}

/** Opens what a link or the clipboard stands for; where it stands for nothing the dialog says so, with the text to correct. */
function followAsked({ goTo, inbox, panel }: Stores): () => void {
  return goTo.getState().connect(() => {
    void goTo
      .getState()
      .find()
      .then((id) => {
        if (id === null) panel.getState().open('goTo');
        else inbox.getState().select(id);
      });
  });
}

/** The team desk goes with the role. */
function leaveDesk({ team, panel }: Stores): () => void {
  return team.subscribe(({ status }) => {
    if (panel.getState().panel === 'lead' && status && !isLead(status)) panel.getState().close();
  });
}

/** Shows at the start why a team's data is gone, and follows the team's name through releases. */
function showWhatChanged({ team, panel, settings, knowledge }: Stores): () => void {
  return team.subscribe(({ status }, before) => {
    if (!status || status === before.status) return;
    if (!before.status && status.kind === 'ended' && status.isWiped) panel.getState().open('team');
    const release = status.kind === 'joined' ? status.sync.release?.number : undefined;
    const last = before.status?.kind === 'joined' ? before.status.sync.release?.number : undefined;
    if (release === undefined || release === last) return;
    void settings.getState().load();
    if (panel.getState().panel === 'knowledge') void knowledge.getState().loadArticles();
  });
}
