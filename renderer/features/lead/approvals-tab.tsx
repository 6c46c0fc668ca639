import { CircleCheck, ShieldCheck } from 'lucide-react';
import { useEffect } from 'react';

import { strings } from '../../app/strings.js';
import { Callout } from '../../ui/callout.js';
import { EmptyState } from '../../ui/empty-state.js';
import { ApprovalCard } from './approval-card.js';
import './lead-approvals.css';
import { useApprovals } from './lead-stores.js';
import { LoadedView, Problem } from './loaded-view.js';

const text = strings.approvals;

/** Changes reps approved that need a lead's word as well. */
export function ApprovalsTab() {
  const waiting = useApprovals((state) => state.waiting);
  const load = useApprovals((state) => state.load);
  const problem = useApprovals((state) => state.problem);
  const decided = useApprovals((state) => state.decided);
  useEffect(() => void load(), [load]);
  return (
    <div className="lead-page">
      {problem && <Problem error={problem} />}
      {decided && (
        <div role="status">
          <Callout
            tone="accent"
            icon={<CircleCheck aria-hidden />}
            title={text[decided.decision](decided.title)}
          >
            {null}
          </Callout>
        </div>
      )}
      <LoadedView of={waiting} onRetry={() => void load()}>
        {(approvals) =>
          approvals.length === 0 ? (
            <EmptyState icon={<ShieldCheck aria-hidden />} title={text.emptyTitle}>
              <p>{text.emptyNext}</p>
            </EmptyState>
          ) : (
            <ul className="lead-approvals" aria-label={text.list}>
              {approvals.map((each) => (
                <ApprovalCard key={each.question.actionId} waiting={each} />
              ))}
            </ul>
          )
        }
      </LoadedView>
    </div>
  );
}
