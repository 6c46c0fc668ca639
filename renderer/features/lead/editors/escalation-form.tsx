import { ArrowUp, Plus, X } from 'lucide-react';

import type { EscalationReason, Urgency } from '../../../../shared/domain/intent.js';
import type { EscalationRule } from '../../../../shared/domain/team.js';
import { strings } from '../../../app/strings.js';
import { Button, IconButton } from '../../../ui/button.js';
import { LinesField, NumberField, SelectField, TextField } from '../../../ui/field.js';
import type { FormProps } from './form-props.js';

const text = strings.leadEditor.field;
const names = strings.leadEditor;
const reasons = Object.keys(names.reason) as EscalationReason[];
const urgencies = Object.keys(names.urgency) as Urgency[];
/** What has a limit; the others go by their words alone. */
const counted: ReadonlySet<EscalationReason> = new Set(['anger', 'repeated_contact', 'no_evidence']);
const blank: EscalationRule = {
  ...{ reason: 'human_requested', label: '', phrases: [], urgency: 'high', team: '' },
};

/** When a person takes over, and who; earlier rules go first. */
export function EscalationForm({ value, problem, onChange }: FormProps<readonly EscalationRule[]>) {
  const put = (at: number, rule: EscalationRule): void =>
    onChange(value.map((each, place) => (place === at ? rule : each)));
  const up = (at: number): void =>
    onChange(
      value.flatMap((rule, place) =>
        place === at - 1 ? [value[at] ?? rule, rule] : place === at ? [] : [rule],
      ),
    );
  return (
    <div className="lead-form">
      <ol className="lead-rules" aria-label={text.rules}>
        {value.map((rule, at) => (
          // A rule has no identity but its place.
          <li key={at}>
            <div className="lead-rule-head">
              <strong>{text.rule(at + 1)}</strong>
              <span className="lead-gap" />
              {at > 0 && (
                <IconButton label={text.up(at + 1)} icon={<ArrowUp aria-hidden />} onClick={() => up(at)} />
              )}
              <IconButton
                label={text.removeRule(at + 1)}
                icon={<X aria-hidden />}
                onClick={() => onChange(value.filter((_, place) => place !== at))}
              />
            </div>
            <Rule
              rule={rule}
              problem={(name) => problem(`${at}.${name}`)}
              onChange={(next) => put(at, next)}
            />
          </li>
        ))}
      </ol>
      <div>
        <Button icon={<Plus aria-hidden />} onClick={() => onChange([...value, blank])}>
          {text.addRule}
        </Button>
      </div>
    </div>
  );
}

interface RuleProps {
  readonly rule: EscalationRule;
  readonly problem: (name: string) => string | undefined;
  readonly onChange: (rule: EscalationRule) => void;
}

function Rule({ rule, problem, onChange }: RuleProps) {
  const { limit, ...rest } = rule;
  return (
    <>
      <div className="lead-fields">
        <SelectField
          label={text.reason}
          value={rule.reason}
          options={reasons.map((value) => ({ value, label: names.reason[value] }))}
          onChange={(reason) => onChange({ ...rule, reason })}
        />
        <TextField
          label={text.label}
          value={rule.label}
          problem={problem('label')}
          onChange={(label) => onChange({ ...rule, label })}
        />
        <TextField label={text.team} value={rule.team} onChange={(team) => onChange({ ...rule, team })} />
        <SelectField
          label={text.urgency}
          value={rule.urgency}
          options={urgencies.map((value) => ({ value, label: names.urgency[value] }))}
          onChange={(urgency) => onChange({ ...rule, urgency })}
        />
        {(counted.has(rule.reason) || limit !== undefined) && (
          <NumberField
            label={text.limit}
            value={limit ?? null}
            problem={problem('limit')}
            onChange={(typed) => onChange(typed === null ? rest : { ...rest, limit: typed })}
          />
        )}
      </div>
      <LinesField
        label={text.phrases}
        rows={3}
        value={rule.phrases}
        problem={problem('phrases')}
        onChange={(phrases) => onChange({ ...rule, phrases })}
      />
    </>
  );
}
