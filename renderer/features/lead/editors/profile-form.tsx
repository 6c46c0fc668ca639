import type { TeamProfile } from '../../../../shared/domain/team.js';
import { strings } from '../../../app/strings.js';
import { AreaField, CheckField, LinesField, TextField } from '../../../ui/field.js';
import { Section } from '../../../ui/section.js';
import { without } from '../without.js';
import type { FormProps } from './form-props.js';
import { GuardrailRules } from './guardrail-rules.js';
import { ModelsForm } from './models-form.js';

const text = strings.leadEditor.field;
const VOICE = ['greeting', 'greetingUnknown', 'closing', 'signature'] as const;
const PATTERNS = ['orderId', 'returnId', 'trackingNumber', 'errorCode'] as const;

/** Who the team is, how it speaks, and what it never says. */
export function ProfileForm({ value, problem, onChange }: FormProps<TeamProfile>) {
  const change = (part: Partial<TeamProfile>): void => onChange({ ...value, ...part });
  const { voice, guardrails, patterns } = value;
  return (
    <div className="lead-form">
      <div className="lead-fields">
        {(['name', 'supportName', 'currency', 'timezone'] as const).map((name) => (
          <TextField
            key={name}
            label={text[name]}
            value={value[name]}
            problem={problem(name)}
            onChange={(typed) => change({ [name]: typed })}
          />
        ))}
      </div>
      <Section title={text.voice}>
        <div className="lead-fields" data-wide>
          {VOICE.map((name) => (
            <AreaField
              key={name}
              label={text[`voice.${name}`]}
              rows={2}
              value={voice[name]}
              onChange={(typed) => change({ voice: { ...voice, [name]: typed } })}
            />
          ))}
        </div>
      </Section>
      <Section title={text.guardrails}>
        <div className="lead-fields" data-wide>
          {(['neverPromise', 'internalTerms', 'competitors'] as const).map((name) => (
            <LinesField
              key={name}
              label={text[`guardrails.${name}`]}
              rows={6}
              value={guardrails[name]}
              problem={problem(`guardrails.${name}`)}
              onChange={(lines) => change({ guardrails: { ...guardrails, [name]: lines } })}
            />
          ))}
          {(['bannedWords', 'preferredWords'] as const).map((name) => (
            <LinesField
              key={name}
              label={text[`guardrails.${name}`]}
              rows={6}
              value={guardrails.brand[name]}
              onChange={(lines) =>
                change({ guardrails: { ...guardrails, brand: { ...guardrails.brand, [name]: lines } } })
              }
            />
          ))}
        </div>
        <CheckField
          label={text['guardrails.mustSign']}
          value={guardrails.brand.mustSign}
          onChange={(mustSign) =>
            change({ guardrails: { ...guardrails, brand: { ...guardrails.brand, mustSign } } })
          }
        />
      </Section>
      <CheckField
        label={text['guardrails.modelScreening']}
        value={guardrails.modelScreening === true}
        onChange={(modelScreening) => change({ guardrails: { ...guardrails, modelScreening } })}
      />
      <CheckField
        label={text.sending}
        value={value.sending === 'ask'}
        onChange={(isOn) => onChange(isOn ? { ...value, sending: 'ask' } : without(value, 'sending'))}
      />
      <Section title={strings.leadEditor.guardrailRules.title}>
        <GuardrailRules
          rules={guardrails.rules}
          problem={(name) => problem(`guardrails.rules.${name}`)}
          onChange={(rules) => change({ guardrails: { ...guardrails, rules } })}
        />
      </Section>
      <Section title={strings.leadEditor.models.title}>
        <ModelsForm
          value={value.models ?? null}
          problem={problem}
          onChange={(models) => onChange(models ? { ...value, models } : without(value, 'models'))}
        />
      </Section>
      <Section title={text.patterns}>
        <div className="lead-fields" data-wide>
          {PATTERNS.map((name) => (
            <TextField
              key={name}
              label={text[`patterns.${name}`]}
              value={patterns[name] ?? ''}
              problem={problem(`patterns.${name}`)}
              onChange={(typed) => change({ patterns: withPattern(patterns, name, typed) })}
            />
          ))}
        </div>
      </Section>
      <div className="lead-fields" data-wide>
        <LinesField
          label={text.products}
          rows={8}
          value={value.products}
          onChange={(products) => change({ products })}
        />
        <LinesField
          label={text.languages}
          rows={8}
          value={value.languages}
          onChange={(languages) => change({ languages })}
        />
      </div>
    </div>
  );
}

/** Only the order id has to be there. */
function withPattern(
  patterns: TeamProfile['patterns'],
  name: (typeof PATTERNS)[number],
  typed: string,
): TeamProfile['patterns'] {
  return name !== 'orderId' && typed === '' ? without(patterns, name) : { ...patterns, [name]: typed };
}
