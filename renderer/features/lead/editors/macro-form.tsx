import type { Macro } from '../../../../shared/domain/team.js';
import { strings } from '../../../app/strings.js';
import { AreaField, CheckField, TextField } from '../../../ui/field.js';
import { idFrom } from '../items.js';
import { useTeamNames } from '../team-names.js';
import type { FormProps } from './form-props.js';

const text = strings.leadEditor.field;

/** A macro: a checked text, and the intents it answers. */
export function MacroForm({ value, isNew, problem, onChange }: FormProps<Macro>) {
  const { intents } = useTeamNames();
  const change = (part: Partial<Macro>): void => onChange({ ...value, ...part });
  // One that is named and not there any more has to be seen to be taken out.
  const gone = value.intents.filter((id) => !intents.some((intent) => intent.id === id));
  return (
    <div className="lead-form">
      <div className="lead-fields">
        <TextField
          label={text.title}
          value={value.title}
          problem={problem('title')}
          onChange={(title) => {
            const follows = isNew && value.id === idFrom(value.title);
            change({ title, ...(follows && { id: idFrom(title) }) });
          }}
        />
        <TextField
          label={text.id}
          value={value.id}
          isReadOnly={!isNew}
          problem={problem('id')}
          onChange={(id) => change({ id })}
        />
      </div>
      <AreaField
        label={text.text}
        hint={text.macroHint}
        rows={10}
        value={value.text}
        problem={problem('text')}
        onChange={(body) => change({ text: body })}
      />
      <fieldset className="lead-checks">
        <legend>{text.intents}</legend>
        {[...intents, ...gone.map((id) => ({ id, name: id }))].map(({ id, name }) => (
          <CheckField
            key={id}
            label={name}
            value={value.intents.includes(id)}
            onChange={(isIn) =>
              change({ intents: isIn ? [...value.intents, id] : value.intents.filter((each) => each !== id) })
            }
          />
        ))}
      </fieldset>
    </div>
  );
}
