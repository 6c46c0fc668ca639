import { useMemo } from 'react';

import { BusinessPanel } from '../features/business/business-panel.js';
import { ConversationView } from '../features/conversation/conversation-view.js';
import { ThreadSummaryPanel } from '../features/conversation/thread-summary-panel.js';
import { DecisionList } from '../features/feedback/decision-list.js';
import { RejectDialog } from '../features/feedback/reject-dialog.js';
import { GoToDialog } from '../features/helpdesk/go-to-dialog.js';
import { HelpdeskPanel } from '../features/helpdesk/helpdesk-panel.js';
import { useInbox } from '../features/inbox/inbox-store.js';
import { KnowledgePanel } from '../features/knowledge/knowledge-panel.js';
import { useKnowledge } from '../features/knowledge/knowledge-store.js';
import { SourcePanel } from '../features/knowledge/source-panel.js';
import { TeamDesk } from '../features/lead/team-desk.js';
import { LedgerPanel } from '../features/ledger/ledger-panel.js';
import { TeamPanel } from '../features/team/team-panel.js';
import { assertNever } from '../../shared/lib/assert-never.js';
import { Dialog } from '../ui/dialog.js';
import { useNotice } from './notice-store.js';
import { useTeam } from '../features/team/team-store.js';
import { DeskInbox } from './desk-inbox.js';
import { GuardDialog } from './guard-dialog.js';
import { HelpDialog } from './help-dialog.js';
import { usePanel } from './panel-store.js';
import type { RepActions } from './rep-actions.js';
import { strings } from './strings.js';

interface PanelsProps {
  readonly actions: RepActions;
  readonly isBeside: boolean;
}

/** What lies over the page now, if anything; a question about internal text lies over all of it. */
export function Panels(props: PanelsProps) {
  return (
    <>
      <OpenPanel {...props} />
      <GuardDialog />
    </>
  );
}

function OpenPanel({ actions, isBeside }: PanelsProps) {
  const panel = usePanel((state) => state.panel);
  const close = usePanel((state) => state.close);
  const leaveKnowledge = useKnowledge((state) => state.leave);
  const closeLabel = strings.app.close;
  const selection = useMemo(
    () => ({
      onInsert: actions.insertArticleText,
      onCopy: actions.copyArticleText,
      onCopiedByHand: actions.warnOfInternalCopy,
      onCopyAddress: actions.copyAddress,
    }),
    [actions],
  );
  switch (panel) {
    case 'none':
    case 'settings':
      return <SourcePanel isBeside={isBeside} selection={selection} />;
    case 'help':
      return <HelpDialog onClose={close} />;
    case 'reject':
      return <RejectDialog onReject={actions.submitRejection} onClose={close} />;
    case 'knowledge':
      return (
        <KnowledgePanel
          selection={selection}
          onClose={() => {
            leaveKnowledge();
            close();
          }}
        />
      );
    case 'decisions':
      return (
        <Dialog title={strings.feedback.title} closeLabel={closeLabel} shape="sheet" onClose={close}>
          <DecisionList />
        </Dialog>
      );
    case 'inbox':
      return (
        <Dialog title={strings.inbox.title} closeLabel={closeLabel} shape="sheet" onClose={close}>
          <DeskInbox onChosen={close} />
        </Dialog>
      );
    case 'conversation':
      return (
        <Dialog title={strings.conversation.title} closeLabel={closeLabel} shape="sheet" onClose={close}>
          <ConversationView
            onOpenPage={actions.openPage}
            onCopyLink={actions.copyLink}
            onForgotten={actions.saidForgotten}
          />
        </Dialog>
      );
    case 'summary':
      return (
        <Dialog title={strings.threadSummary.title} closeLabel={closeLabel} shape="sheet" onClose={close}>
          <ThreadSummaryPanel
            onCopy={(note) => actions.copyText(note, strings.threadSummary.noteCopied)}
            onAddNote={actions.addWrapUp}
          />
        </Dialog>
      );
    case 'lead':
      return <LeadPanel actions={actions} onClose={close} />;
    case 'ledger':
      return <LedgerOverAll actions={actions} onClose={close} />;
    case 'helpdesks':
      return <HelpdeskPanel onClose={close} />;
    case 'business':
      return <BusinessPanel onClose={close} />;
    case 'goTo':
      return <GoTo onClose={close} />;
    case 'team':
      return <TeamPanel onClose={close} />;
    default:
      return assertNever(panel, 'panel');
  }
}

function GoTo({ onClose }: { readonly onClose: () => void }) {
  const select = useInbox((state) => state.select);
  return (
    <GoToDialog
      onFound={(id) => {
        onClose();
        select(id);
      }}
      onClose={onClose}
    />
  );
}

function LedgerOverAll({ actions, onClose }: { readonly actions: RepActions; readonly onClose: () => void }) {
  const say = useNotice((state) => state.say);
  return <LedgerPanel onCopy={actions.copyText} onSay={say} onClose={onClose} />;
}

function LeadPanel({ actions, onClose }: { readonly actions: RepActions; readonly onClose: () => void }) {
  const isOperator = useTeam(({ status }) => status?.kind === 'joined' && status.role === 'operator');
  const say = useNotice((state) => state.say);
  return <TeamDesk isOperator={isOperator} onCopy={actions.copyText} onSay={say} onClose={onClose} />;
}
