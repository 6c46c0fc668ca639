import { useState, type CSSProperties } from 'react';

import { ActionSection } from '../features/actions/action-section.js';
import { ConversationView } from '../features/conversation/conversation-view.js';
import { UsedFiles } from '../features/conversation/used-files.js';
import { NewestMessage } from '../features/conversation/newest-message.js';
import { ConversationSwitcher } from '../features/inbox/conversation-switcher.js';
import { HelpdeskView } from '../features/view/helpdesk-view.js';
import { useView } from '../features/view/view-store.js';
import { SuggestionCard } from '../features/suggestion/suggestion-card.js';
import { selectCard, useSuggestion } from '../features/suggestion/suggestion-store.js';
import { useSettings } from '../features/settings/settings-store.js';
import { useKnowledge } from '../features/knowledge/knowledge-store.js';
import { CardPlaybook } from './card-playbook.js';
import { DeskInbox } from './desk-inbox.js';
import { useGuard } from './guard-store.js';
import { Nav } from './nav.js';
import { usePanel } from './panel-store.js';
import type { RepActions } from './rep-actions.js';
import { RepComposer } from './rep-composer.js';
import { strings } from './strings.js';
import { ViewSplit } from './view-split.js';

/** Whether a dialog or a source lies over the page: the helpdesk's own page would lie over it, since a system draws it last. */
function useIsCovered(): boolean {
  const hasPanel = usePanel(({ panel }) => panel !== 'none');
  const hasQuestion = useGuard(({ question }) => question !== null);
  const hasSource = useKnowledge(({ reader }) => reader.kind !== 'closed');
  return hasPanel || hasQuestion || hasSource;
}

/** Inbox, conversation and card side by side. */
export function FullLayout({ actions }: { readonly actions: RepActions }) {
  const isViewing = useView(({ view }) => view.connectionId !== null);
  const isCovered = useIsCovered();
  const kept = useSettings(({ settings }) => settings.cardShare);
  const update = useSettings((state) => state.update);
  const [dragged, setDragged] = useState<number | null>(null);
  const share = dragged ?? kept;
  return (
    <div
      className="full"
      data-viewing={isViewing || undefined}
      style={{ '--card-share': `${share}vw` } as CSSProperties}
    >
      <div className="full-rail">
        <span className="brand" aria-hidden="true" />
        <Nav direction="column" />
      </div>
      {isViewing ? (
        <>
          <main className="full-view" aria-label={strings.view.title}>
            <HelpdeskView isCovered={isCovered || dragged !== null} onInsert={actions.insertIntoPage} />
            <RepComposer actions={actions} isCollapsible />
          </main>
          <ViewSplit
            share={share}
            onDrag={setDragged}
            onDone={(cardShare) => {
              void update({ cardShare }).then(() => setDragged(null));
            }}
          />
        </>
      ) : (
        <>
          <section className="full-inbox" aria-label={strings.inbox.title}>
            <h1 className="full-title">{strings.inbox.title}</h1>
            <DeskInbox />
          </section>
          <main className="full-conversation" aria-label={strings.conversation.title}>
            <ConversationView
              onOpenPage={actions.openPage}
              onCopyLink={actions.copyLink}
              onForgotten={actions.saidForgotten}
            />
            <RepComposer actions={actions} isCollapsible={false} />
          </main>
        </>
      )}
      <div className="full-card">
        <SuggestionCard handlers={actions} files={<UsedFiles />} changes={<CardSteps actions={actions} />} />
      </div>
    </div>
  );
}

/** A column beside the helpdesk: the card first, the conversation in one line above it. */
export function BesideLayout({ actions }: { readonly actions: RepActions }) {
  const open = usePanel((state) => state.open);
  return (
    <div className="beside">
      <header className="beside-head">
        <h1 className="visually-hidden">{strings.app.name}</h1>
        <ConversationSwitcher onOpenList={() => open('inbox')} />
        <Nav direction="row" />
      </header>
      <NewestMessage onOpenConversation={() => open('conversation')} />
      <main className="beside-card">
        <SuggestionCard handlers={actions} files={<UsedFiles />} changes={<CardSteps actions={actions} />} />
      </main>
      <RepComposer actions={actions} isCollapsible />
    </div>
  );
}

/** What is to be done besides the reply: the playbook, then changes in business systems. */
function CardSteps({ actions }: { readonly actions: RepActions }) {
  const card = useSuggestion(selectCard);
  return (
    <>
      <CardPlaybook />
      <ActionSection
        answered={card?.kind === 'ready' ? card.suggestion : null}
        onOpenSource={actions.openRule}
      />
    </>
  );
}
