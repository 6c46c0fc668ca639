import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { OneField } from './action-fields.js';
import { changeId, useActions, type ActionsState } from './actions-store.js';

const text = strings.changes;

/** A change the rep starts by hand: what it is about, then it is looked at like a proposed one. */
export function NewChange({ draft }: { readonly draft: NonNullable<ActionsState['draft']> }) {
  const { change, input } = draft;
  const id = changeId(change);
  const begin = useActions((state) => state.begin);
  const draftType = useActions((state) => state.draftType);
  const propose = useActions((state) => state.propose);
  const isBusy = useActions((state) => state.busyId === id);
  const problem = useActions((state) => (state.problem?.id === id ? state.problem.error : null));
  return (
    <form
      className="action action-fields"
      aria-label={text.startTitle(change.title)}
      onSubmit={(event) => {
        event.preventDefault();
        void propose();
      }}
    >
      <strong>{change.title}</strong>
      {change.fields.map((field) => (
        <OneField
          key={field.key}
          field={field}
          value={input[field.key] ?? ''}
          isReadOnly={false}
          onChange={(value) => draftType(field.key, value)}
        />
      ))}
      {problem && (
        <p className="action-detail" data-tone="bad" role="alert">
          {problem.message} {problem.next}
        </p>
      )}
      <div className="action-buttons">
        <Button type="submit" variant="primary" keyHint="↵" aria-disabled={isBusy}>
          {isBusy ? text.working : text.propose}
        </Button>
        <Button onClick={() => begin(null)}>{text.back}</Button>
      </div>
    </form>
  );
}
