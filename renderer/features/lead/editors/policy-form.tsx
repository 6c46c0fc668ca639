import type { ToolPolicy } from '../../../../shared/domain/tool-policy.js';
import { strings } from '../../../app/strings.js';
import { CheckField, NumberField, TextField } from '../../../ui/field.js';
import { Section } from '../../../ui/section.js';
import { Segmented } from '../../../ui/segmented.js';
import type { FormProps } from './form-props.js';
import { PolicyRules } from './policy-rules.js';
import { PolicyTrialView } from './policy-trial.js';

const text = strings.leadEditor.field;

/** When a tool may run, up to which amount, and the rules it has to keep. */
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
        <NumberField
          label={text.maximum}
          min={0}
          value={value.maximum}
          problem={problem('maximum')}
          onChange={(maximum) => change({ maximum })}
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
      <Section title={strings.leadEditor.policyRules.title}>
        <PolicyRules
          rules={value.rules}
          problem={(name) => problem(`rules.${name}`)}
          onChange={(rules) => change({ rules })}
        />
      </Section>
      <PolicyTrialView policy={value} />
    </div>
  );
}
