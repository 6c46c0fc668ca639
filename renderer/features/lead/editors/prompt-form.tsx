import type { Prompt } from '../../../../shared/domain/prompt.js';
import { strings } from '../../../app/strings.js';
import { AreaField } from '../../../ui/field.js';
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
