import type { Action, ActionField } from '../../../shared/domain/action.js';
import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { SelectField, TextField } from '../../ui/field.js';
import { useActions } from './actions-store.js';

const text = strings.changes;

/** What of a change the rep may set; other values are looked at anew before they can be approved. */
export function ActionFields({ action }: { readonly action: Action }) {
  const { id, fields, input } = action;
  const typed = useActions((state) => state.typed[id]);
  const isBusy = useActions((state) => state.busyId === id);
  const type = useActions((state) => state.type);
  const takeValues = useActions((state) => state.takeValues);
  const isChanged = Object.entries(typed ?? {}).some(([key, value]) => value !== (input[key] ?? ''));
  return (
    <form
      className="action-fields"
      onSubmit={(event) => {
        event.preventDefault();
        if (isChanged) void takeValues(id);
      }}
    >
      {fields.map((field) => (
        <OneField
          key={field.key}
          field={field}
          value={typed?.[field.key] ?? input[field.key] ?? ''}
          isReadOnly={!field.isEditable}
          onChange={(value) => type(id, field.key, value)}
        />
      ))}
      {isChanged && (
        <Button type="submit" keyHint="↵" aria-disabled={isBusy}>
          {isBusy ? text.working : text.change}
        </Button>
      )}
    </form>
  );
}

export function OneField(props: {
  readonly field: ActionField;
  readonly value: string;
  readonly isReadOnly: boolean;
  readonly onChange: (value: string) => void;
}) {
  const { field, value, isReadOnly, onChange } = props;
  if (field.kind === 'choice')
    return (
      <SelectField
        label={field.label}
        value={value}
        options={['', ...(field.options ?? [])].map((option) => ({ value: option, label: option || '–' }))}
        onChange={onChange}
      />
    );
  return <TextField label={field.label} value={value} isReadOnly={isReadOnly} onChange={onChange} />;
}
