import type { FeedbackAction } from '../../../shared/domain/feedback.js';
import { strings } from '../../app/strings.js';
import { CheckField, SelectField } from '../../ui/field.js';
import { Segmented } from '../../ui/segmented.js';
import { useDraft, usePeople, useReceived } from './lead-stores.js';
import { valueOf } from './loaded.js';
import { LoadedView } from './loaded-view.js';
import type { GroupBy } from './received-store.js';

const text = strings.lead.feedback;
const BYS = ['article', 'intent', 'prompt'] as const satisfies readonly GroupBy[];
const actions = Object.keys(strings.feedback.action) as FeedbackAction['kind'][];

/** Groups of feedback by what it is about, and what the list is narrowed to besides. */
export function FeedbackFilters() {
  const by = useReceived((state) => state.by);
  const groupBy = useReceived((state) => state.groupBy);
  const action = useReceived((state) => state.action);
  const isOpenOnly = useReceived((state) => state.isOpenOnly);
  const memberId = useReceived((state) => state.memberId);
  const filter = useReceived((state) => state.filter);
  const people = usePeople((state) => valueOf(state.people));
  return (
    <div className="lead-filters">
      <Segmented
        label={text.by}
        value={by}
        options={BYS.map((value) => ({ value, label: text.bys[value] }))}
        onChange={groupBy}
      />
      <Groups by={by} />
      <div className="lead-finder-fields">
        <SelectField
          label={text.action}
          value={action ?? 'all'}
          options={[
            { value: 'all' as const, label: text.any },
            ...actions.map((value) => ({ value, label: strings.feedback.action[value] })),
          ]}
          onChange={(value) => filter({ action: value })}
        />
        <SelectField
          label={text.member}
          value={memberId ?? ''}
          options={[
            { value: '', label: text.everybody },
            ...(people?.members.map(({ id, name }) => ({ value: id, label: name })) ?? []),
          ]}
          onChange={(value) => filter({ memberId: value === '' ? null : value })}
        />
      </div>
      <CheckField
        label={text.openOnly}
        value={isOpenOnly}
        onChange={(value) => filter({ isOpenOnly: value })}
      />
    </div>
  );
}

function Groups({ by }: { readonly by: GroupBy }) {
  const groups = useReceived((state) => state.groups);
  const load = useReceived((state) => state.load);
  const chosen = useReceived((state) => state.group);
  const choose = useReceived((state) => state.chooseGroup);
  const articles = useDraft((state) => state.articles);
  const titleOf = (key: string): string =>
    by === 'article' ? (articles.find(({ id }) => id === key)?.title ?? key) : key.replaceAll('_', ' ');
  return (
    <LoadedView of={groups} onRetry={() => void load()}>
      {(found) => (
        <ul aria-label={text.groups} className="lead-groups">
          <li>
            <button
              type="button"
              className="lead-row"
              aria-current={chosen === null}
              onClick={() => choose(null)}
            >
              <span className="lead-row-title">{text.all}</span>
            </button>
          </li>
          {found
            .filter((group): group is typeof group & { key: string } => group.key !== null)
            .map(({ key, unresolved, edited, rejected }) => (
              <li key={key}>
                <button
                  type="button"
                  className="lead-row"
                  aria-current={chosen === key}
                  onClick={() => choose(key)}
                >
                  <span className="lead-row-title">{titleOf(key)}</span>
                  <span className="lead-row-time">{text.open(unresolved)}</span>
                  <span className="lead-row-note">{text.counts(edited, rejected)}</span>
                </button>
              </li>
            ))}
        </ul>
      )}
    </LoadedView>
  );
}
