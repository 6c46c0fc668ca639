import type { ToolPolicy } from '../../../../shared/domain/tool-policy.js';
import type { Prompt } from '../../../../shared/domain/prompt.js';
import { strings } from '../../../app/strings.js';
import { AreaField, CheckField, NumberField, TextField } from '../../../ui/field.js';
import { Segmented } from '../../../ui/segmented.js';
import type { FormProps } from './form-props.js';

const text = strings.leadEditor.field;

/** What a stage tells a chat model. */
export function PromptForm({ value, problem, onChange }: FormProps<Prompt>) {
  return (
    <div className="lead-form">
      <AreaField
        label={text.text}
        hint={text.promptHint(value.version)}
        rows={22}
        isMono
        value={value.text}
        problem={problem('text')}
        onChange={(body) => onChange({ ...value, text: body })}
      />
    </div>
  );
}

/** When a tool may run. */
export function PolicyForm({ value, isNew, problem, onChange }: FormProps<ToolPolicy>) {
  const change = (part: Partial<ToolPolicy>): void => onChange({ ...value, ...part });
  return (
    <div className="lead-form">
      <div className="lead-fields">
        <TextField
          label={text.tool}
          value={value.tool}
          isReadOnly={!isNew}
          problem={problem('tool')}
          onChange={(tool) => change({ tool })}
        />
        <NumberField
          label={text.leadAbove}
          min={0}
          value={value.leadAbove}
          onChange={(leadAbove) => change({ leadAbove })}
        />
      </div>
      <div className="lead-choices">
        <Segmented
          label={text.approval}
          value={value.approval}
          options={(['none', 'rep', 'lead'] as const).map((each) => ({
            value: each,
            label: text.approvals[each],
          }))}
          onChange={(approval) => change({ approval })}
        />
      </div>
      <CheckField
        label={text.isEnabled}
        value={value.isEnabled}
        onChange={(isEnabled) => change({ isEnabled })}
      />
    </div>
  );
}
