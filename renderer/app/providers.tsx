import type { ReactNode } from 'react';

import { ActiveContext } from '../features/active/active-store.js';
import { ActionsContext } from '../features/actions/actions-store.js';
import { BusinessContext } from '../features/business/business-store.js';
import { AttachmentContext } from '../features/conversation/attachment-store.js';
import { ConversationContext } from '../features/conversation/conversation-store.js';
import { ForgetContext } from '../features/conversation/forget-store.js';
import { ThreadSummaryContext } from '../features/conversation/thread-summary-store.js';
import { FeedbackContext } from '../features/feedback/feedback-store.js';
import { GoToContext } from '../features/helpdesk/go-to-store.js';
import { HelpdeskContext } from '../features/helpdesk/helpdesk-store.js';
import { InboxContext } from '../features/inbox/inbox-store.js';
import { LeadContext } from '../features/lead/lead-stores.js';
import { KnowledgeContext } from '../features/knowledge/knowledge-store.js';
import { LedgerContext } from '../features/ledger/ledger-store.js';
import { SourcesContext } from '../features/knowledge/sources-store.js';
import { PlaybookContext } from '../features/playbook/playbook-store.js';
import { AnsweringContext } from '../features/settings/answering-store.js';
import { ChatModelContext } from '../features/settings/chat-model-store.js';
import { SearchModelContext } from '../features/settings/search-model-store.js';
import { ExtensionContext } from '../features/settings/extension-store.js';
import { SettingsContext } from '../features/settings/settings-store.js';
import { SuggestionContext } from '../features/suggestion/suggestion-store.js';
import { ViewContext } from '../features/view/view-store.js';
import { TeamContext } from '../features/team/team-store.js';
import { TooltipArea } from '../ui/tooltip.js';
import { GuardContext } from './guard-store.js';
import { NoticeContext } from './notice-store.js';
import { PanelContext } from './panel-store.js';
import type { Stores } from './stores.js';

type Provide = (stores: Stores, inner: ReactNode) => ReactNode;

const provides: readonly Provide[] = [
  (stores, inner) => <InboxContext value={stores.inbox}>{inner}</InboxContext>,
  (stores, inner) => <ConversationContext value={stores.conversation}>{inner}</ConversationContext>,
  (stores, inner) => <ForgetContext value={stores.forget}>{inner}</ForgetContext>,
  (stores, inner) => <AttachmentContext value={stores.attachments}>{inner}</AttachmentContext>,
  (stores, inner) => <ThreadSummaryContext value={stores.threadSummary}>{inner}</ThreadSummaryContext>,
  (stores, inner) => <SuggestionContext value={stores.suggestion}>{inner}</SuggestionContext>,
  (stores, inner) => <ActionsContext value={stores.actions}>{inner}</ActionsContext>,
  (stores, inner) => <PlaybookContext value={stores.playbook}>{inner}</PlaybookContext>,
  (stores, inner) => <BusinessContext value={stores.business}>{inner}</BusinessContext>,
  (stores, inner) => <ViewContext value={stores.view}>{inner}</ViewContext>,
  (stores, inner) => <ActiveContext value={stores.active}>{inner}</ActiveContext>,
  (stores, inner) => <ExtensionContext value={stores.extension}>{inner}</ExtensionContext>,
  (stores, inner) => <FeedbackContext value={stores.feedback}>{inner}</FeedbackContext>,
  (stores, inner) => <KnowledgeContext value={stores.knowledge}>{inner}</KnowledgeContext>,
  (stores, inner) => <SourcesContext value={stores.sources}>{inner}</SourcesContext>,
  (stores, inner) => <SettingsContext value={stores.settings}>{inner}</SettingsContext>,
  (stores, inner) => <AnsweringContext value={stores.answering}>{inner}</AnsweringContext>,
  (stores, inner) => <SearchModelContext value={stores.searchModel}>{inner}</SearchModelContext>,
  (stores, inner) => <ChatModelContext value={stores.chatModel}>{inner}</ChatModelContext>,
  (stores, inner) => <PanelContext value={stores.panel}>{inner}</PanelContext>,
  (stores, inner) => <NoticeContext value={stores.notice}>{inner}</NoticeContext>,
  (stores, inner) => <GuardContext value={stores.guard}>{inner}</GuardContext>,
  (stores, inner) => <TeamContext value={stores.team}>{inner}</TeamContext>,
  (stores, inner) => <LeadContext value={stores.lead}>{inner}</LeadContext>,
  (stores, inner) => <HelpdeskContext value={stores.helpdesk}>{inner}</HelpdeskContext>,
  (stores, inner) => <GoToContext value={stores.goTo}>{inner}</GoToContext>,
  (stores, inner) => <LedgerContext value={stores.ledger}>{inner}</LedgerContext>,
];

/** Gives each feature its store. */
export function Providers({ stores, children }: { readonly stores: Stores; readonly children: ReactNode }) {
  return provides.reduceRight<ReactNode>(
    (inner, provide) => provide(stores, inner),
    <TooltipArea>{children}</TooltipArea>,
  );
}
