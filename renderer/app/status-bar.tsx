import { ActiveStatusItem } from '../features/active/active-status-item.js';
import { HelpdeskStatusItem } from '../features/helpdesk/helpdesk-status-item.js';
import { KnowledgeStatusLine } from '../features/knowledge/knowledge-status.js';
import { LedgerStatusItem } from '../features/ledger/ledger-status-item.js';
import { TeamStatusItem } from '../features/team/team-status-item.js';
import { AnsweringStatusItem } from '../features/settings/answering-status-item.js';
import { useSettings } from '../features/settings/settings-store.js';
import { useInbox } from '../features/inbox/inbox-store.js';
import { usePanel } from './panel-store.js';

/** One honest line about what is running: the index, what answers, whose knowledge, which release. */
export function StatusBar({ onToggleFollowing }: { readonly onToggleFollowing: () => void }) {
  const about = useSettings((state) => state.about);
  const open = usePanel((state) => state.open);
  const shownId = useInbox((state) => state.activeId);
  return (
    <footer className="status-bar">
      <KnowledgeStatusLine />
      <span className="status-gap" />
      <ActiveStatusItem shownId={shownId} onToggle={onToggleFollowing} />
      <HelpdeskStatusItem onOpen={() => open('helpdesks')} />
      <LedgerStatusItem onOpen={() => open('ledger')} />
      <TeamStatusItem onOpen={() => open('team')} />
      <AnsweringStatusItem onOpen={() => open('settings')} />
      {about && <span className="status-item status-team">{about.teamName}</span>}
    </footer>
  );
}
