import type { ReactNode } from 'react';

import { ConversationContext } from '../features/conversation/conversation-store.js';
import { FeedbackContext } from '../features/feedback/feedback-store.js';
import { InboxContext } from '../features/inbox/inbox-store.js';
import { LeadContext } from '../features/lead/lead-stores.js';
import { KnowledgeContext } from '../features/knowledge/knowledge-store.js';
import { SourcesContext } from '../features/knowledge/sources-store.js';
import { ChatModelContext } from '../features/settings/chat-model-store.js';
import { SearchModelContext } from '../features/settings/search-model-store.js';
import { SettingsContext } from '../features/settings/settings-store.js';
import { SuggestionContext } from '../features/suggestion/suggestion-store.js';
import { TeamContext } from '../features/team/team-store.js';
import { TooltipArea } from '../ui/tooltip.js';
import { GuardContext } from './guard-store.js';
import { NoticeContext } from './notice-store.js';
import { PanelContext } from './panel-store.js';
import type { Stores } from './stores.js';

/** Gives each feature its store. */
export function Providers({ stores, children }: { readonly stores: Stores; readonly children: ReactNode }) {
  return (
    <InboxContext value={stores.inbox}>
      <ConversationContext value={stores.conversation}>
        <SuggestionContext value={stores.suggestion}>
          <FeedbackContext value={stores.feedback}>
            <KnowledgeContext value={stores.knowledge}>
              <SourcesContext value={stores.sources}>
                <SettingsContext value={stores.settings}>
                  <SearchModelContext value={stores.searchModel}>
                    <ChatModelContext value={stores.chatModel}>
                      <PanelContext value={stores.panel}>
                        <NoticeContext value={stores.notice}>
                          <GuardContext value={stores.guard}>
                            <TeamContext value={stores.team}>
                              <LeadContext value={stores.lead}>
                                <TooltipArea>{children}</TooltipArea>
                              </LeadContext>
                            </TeamContext>
                          </GuardContext>
                        </NoticeContext>
                      </PanelContext>
                    </ChatModelContext>
                  </SearchModelContext>
                </SettingsContext>
              </SourcesContext>
            </KnowledgeContext>
          </FeedbackContext>
        </SuggestionContext>
      </ConversationContext>
    </InboxContext>
  );
}
