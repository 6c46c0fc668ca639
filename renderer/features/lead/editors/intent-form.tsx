import type { IntentDefinition } from '../../../../shared/domain/team.js';
import { strings } from '../../../app/strings.js';
import { AreaField, LinesField, SelectField, TextField } from '../../../ui/field.js';
import { idFrom } from '../items.js';
import { useTeamNames } from '../team-names.js';
import { without } from '../without.js';
import type { FormProps } from './form-props.js';

const text = strings.leadEditor.field;

/** An intent: what it is called, what it means, and what customers write who have it. */
export function IntentForm({ value, isNew, problem, onChange }: FormProps<IntentDefinition>) {
  const { macros } = useTeamNames();
  const change = (part: Partial<IntentDefinition>): void => onChange({ ...value, ...part });
  return (
    <div className="lead-form">
      <div className="lead-fields">
        <TextField
          label={text.name}
          value={value.name}
          problem={problem('name')}
          onChange={(name) => {
            const follows = isNew && value.id === idFrom(value.name, '_');
            change({ name, ...(follows && { id: idFrom(name, '_') }) });
          }}
        />
        <TextField
          label={text.id}
          value={value.id}
          isReadOnly={!isNew}
          problem={problem('id')}
          onChange={(id) => change({ id })}
        />
        <SelectField
          label={text.macro}
          value={value.macro ?? ''}
          options={[
            { value: '', label: text.noMacro },
            ...macros.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(macro) => {
            const rest = without(value, 'macro');
            onChange(macro === '' ? rest : { ...rest, macro });
          }}
        />
      </div>
      <AreaField
        label={text.description}
        rows={2}
        value={value.description}
        onChange={(description) => change({ description })}
      />
      <LinesField
        label={text.examples}
        rows={12}
        value={value.examples}
        problem={problem('examples')}
        onChange={(examples) => change({ examples })}
      />
      <LinesField label={text.tools} rows={2} value={value.tools} onChange={(tools) => change({ tools })} />
    </div>
  );
}
