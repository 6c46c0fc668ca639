import { Dialog } from '../../ui/dialog.js';
import { strings } from '../../app/strings.js';
import { Tabs } from '../../ui/tabs.js';
import { assertNever } from '../../../shared/lib/assert-never.js';
import { ApprovalsTab } from './approvals-tab.js';
import { AuditTab } from './audit-tab.js';
import { DraftTab } from './draft-tab.js';
import { FeedbackTab } from './feedback-tab.js';
import './lead.css';
import './lead-lists.css';
import './lead-details.css';
import { DESK_TABS, useApprovals, useDeskTab, type DeskTab } from './lead-stores.js';
import { valueOf } from './loaded.js';
import { MembersTab } from './members-tab.js';
import { PlaygroundTab } from './playground-tab.js';
import { ReleasesTab } from './releases-tab.js';
import { RolloutTab } from './rollout-tab.js';

const text = strings.lead;

export interface TeamDeskProps {
  readonly isOperator: boolean;
  readonly onCopy: (text: string, confirmation: string) => void;
  readonly onSay: (text: string) => void;
  readonly onClose: () => void;
}

/** Everything a lead does for the team: edit, publish, roll out, read feedback, look after members. */
export function TeamDesk(props: TeamDeskProps) {
  const tab = useDeskTab((state) => state.tab);
  const show = useDeskTab((state) => state.show);
  const waiting = useApprovals((state) => valueOf(state.waiting)?.filter(({ isOwn }) => !isOwn).length ?? 0);
  return (
    <Dialog title={text.title} closeLabel={strings.app.close} shape="full" onClose={props.onClose}>
      <Tabs
        label={text.tabs}
        value={tab}
        tabs={DESK_TABS.map((value) => ({
          value,
          label: value === 'approvals' && waiting > 0 ? strings.approvals.tab(waiting) : text.tab[value],
        }))}
        onChange={show}
      >
        <div className="lead">
          <Page tab={tab} {...props} />
        </div>
      </Tabs>
    </Dialog>
  );
}

function Page({ tab, isOperator, onCopy, onSay }: TeamDeskProps & { readonly tab: DeskTab }) {
  switch (tab) {
    case 'draft':
      return <DraftTab onSay={onSay} />;
    case 'releases':
      return <ReleasesTab />;
    case 'rollout':
      return <RolloutTab />;
    case 'feedback':
      return <FeedbackTab />;
    case 'approvals':
      return <ApprovalsTab />;
    case 'playground':
      return <PlaygroundTab />;
    case 'members':
      return <MembersTab isOperator={isOperator} onCopy={onCopy} />;
    case 'audit':
      return <AuditTab isOperator={isOperator} />;
    default:
      return assertNever(tab, 'tab');
  }
}
