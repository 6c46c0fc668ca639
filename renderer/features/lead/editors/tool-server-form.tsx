import type { ToolServer } from '../../../../shared/domain/tool-server.js';
import { strings } from '../../../app/strings.js';
import { LinesField, TextField } from '../../../ui/field.js';
import { idFrom } from '../items.js';
import type { FormProps } from './form-props.js';

const text = strings.leadEditor;

/** A program that may be started on the reps' computers for its tools. */
export function ToolServerForm({ value, isNew, problem, onChange }: FormProps<ToolServer>) {
  const change = (part: Partial<ToolServer>): void => onChange({ ...value, ...part });
  return (
    <div className="lead-form">
      <p>{text.toolServer.hint}</p>
      <div className="lead-fields">
        <TextField
          label={text.field.title}
          value={value.title}
          problem={problem('title')}
          onChange={(title) => {
            const follows = isNew && value.name === idFrom(value.title);
            change({ title, ...(follows && { name: idFrom(title) }) });
          }}
        />
        <TextField
          label={text.toolServer.name}
          value={value.name}
          isReadOnly={!isNew}
          problem={problem('name')}
          onChange={(name) => change({ name })}
        />
      </div>
      <TextField
        label={text.toolServer.command}
        value={value.command}
        problem={problem('command')}
        onChange={(command) => change({ command })}
      />
      <LinesField
        label={text.toolServer.args}
        value={value.args}
        onChange={(args) => change({ args: [...args] })}
      />
      <LinesField
        label={text.toolServer.env}
        value={value.env}
        problem={problem('env')}
        onChange={(env) => change({ env: [...env] })}
      />
      <TextField
        label={text.toolServer.secretIn}
        hint={text.toolServer.secretHint}
        value={value.secretIn ?? ''}
        problem={problem('secretIn')}
        onChange={(secretIn) => {
          const { name, title, command, args, env } = value;
          onChange({ name, title, command, args, env, ...(secretIn === '' ? {} : { secretIn }) });
        }}
      />
    </div>
  );
}
