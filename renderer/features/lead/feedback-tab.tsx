import { Inbox } from 'lucide-react';
import { useEffect } from 'react';

import { strings } from '../../app/strings.js';
import { EmptyState } from '../../ui/empty-state.js';
import { Button } from '../../ui/button.js';
import { Chip } from '../../ui/chip.js';
import { Time } from '../../ui/time.js';
import { ExportForm } from './export-form.js';
import { FeedbackDetail } from './feedback-detail.js';
import { FeedbackFilters } from './feedback-filters.js';
import { usePeople, useReceived } from './lead-stores.js';
import { valueOf } from './loaded.js';
import { LoadedView } from './loaded-view.js';
import { Split } from './split.js';

const text = strings.lead.feedback;

/** What reps did with suggestions: grouped, filtered, one by one; answered, or made into a draft. */
export function FeedbackTab() {
  const load = useReceived((state) => state.load);
  const loadPeople = usePeople((state) => state.load);
  const shown = useReceived((state) => state.shown);
  const show = useReceived((state) => state.show);
  const chosen = useReceived(({ page, shown: id }) =>
    valueOf(page)?.feedback.find((each) => each.event.feedback.id === id),
  );
  useEffect(() => {
    void load();
    void loadPeople();
  }, [load, loadPeople]);
  return (
    <Split
      listLabel={text.groups}
      detailLabel={text.list}
      shown={chosen ? shown : null}
      onBack={() => show(null)}
      list={
        <>
          <FeedbackFilters />
          <Rows />
          <ExportForm />
        </>
      }
      detail={
        chosen ? (
          <FeedbackDetail key={chosen.event.feedback.id} received={chosen} />
        ) : (
          <EmptyState icon={<Inbox aria-hidden />} title={text.emptyTitle}>
            <p>{text.emptyNext}</p>
          </EmptyState>
        )
      }
    />
  );
}

function Rows() {
  const page = useReceived((state) => state.page);
  const load = useReceived((state) => state.load);
  const loadMore = useReceived((state) => state.loadMore);
  const shown = useReceived((state) => state.shown);
  const show = useReceived((state) => state.show);
  return (
    <LoadedView of={page} onRetry={() => void load()}>
      {({ feedback, cursor }) => (
        <>
          {feedback.length === 0 && <p className="lead-hint lead-pad">{text.emptyNext}</p>}
          <ul aria-label={text.list} className="lead-rows">
            {feedback.map(({ event, memberName, receivedAt, resolution }) => {
              const { id, action } = event.feedback;
              return (
                <li key={id}>
                  <button
                    type="button"
                    className="lead-row"
                    aria-current={shown === id}
                    onClick={() => show(id)}
                  >
                    <span className="lead-row-title">{strings.feedback.action[action.kind]}</span>
                    {action.kind === 'rejected' && (
                      <Chip tone="warn">{strings.feedback.reason[action.reason]}</Chip>
                    )}
                    {resolution && <Chip tone="good">{text.resolved}</Chip>}
                    <Time iso={receivedAt} className="lead-row-time" />
                    <span className="lead-row-note">
                      {memberName} · {event.context.customerText}
                    </span>
                  </button>
                </li>
              );
            })}
          </ul>
          {cursor !== null && (
            <div className="lead-pad">
              <Button onClick={() => void loadMore()}>{strings.lead.more}</Button>
            </div>
          )}
        </>
      )}
    </LoadedView>
  );
}
