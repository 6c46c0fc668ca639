import { Plus, X } from 'lucide-react';

import type { GuardrailRule } from '../../../../shared/domain/guardrail-rule.js';
import { strings } from '../../../app/strings.js';
import { Button, IconButton } from '../../../ui/button.js';
import { LinesField, SelectField, TextField } from '../../../ui/field.js';
import { RuleTrial } from './rule-trial.js';

const text = strings.leadEditor.guardrailRules;

interface GuardrailRulesProps {
  readonly rules: readonly GuardrailRule[];
  /** What is wrong with a field, by `<position>.<field>`. */
  readonly problem: (name: string) => string | undefined;
  readonly onChange: (rules: GuardrailRule[]) => void;
}

/** Words and patterns that a reply or a customer's message must not pass by unseen, with a place to try them. */
export function GuardrailRules({ rules, problem, onChange }: GuardrailRulesProps) {
  const put = (at: number, rule: GuardrailRule): void =>
    onChange(rules.map((each, place) => (place === at ? rule : each)));
  return (
    <>
      <ol className="lead-rules" aria-label={text.title}>
        {rules.map((rule, at) => (
          <li key={rule.id}>
            <div className="lead-rule-head">
              <strong>{rule.title.trim() === '' ? text.untitled(at + 1) : rule.title}</strong>
              <span className="lead-gap" />
              <IconButton
                label={text.remove(at + 1)}
                icon={<X aria-hidden />}
                onClick={() => onChange(rules.filter((_, place) => place !== at))}
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
        <Button icon={<Plus aria-hidden />} onClick={() => onChange([...rules, newRule(rules)])}>
          {text.add}
        </Button>
      </div>
      {rules.length > 0 && <RuleTrial rules={rules} />}
    </>
  );
}

function Rule({
  rule,
  problem,
  onChange,
}: {
  readonly rule: GuardrailRule;
  readonly problem: (name: string) => string | undefined;
  readonly onChange: (rule: GuardrailRule) => void;
}) {
  return (
    <>
      <div className="lead-fields">
        <TextField
          label={text.name}
          value={rule.title}
          problem={problem('title')}
          onChange={(title) => onChange({ ...rule, title })}
        />
        <SelectField
          label={text.appliesTo}
          value={rule.appliesTo}
          options={optionsOf(text.sides)}
          onChange={(appliesTo) =>
            onChange({ ...rule, appliesTo, effect: appliesTo === 'customer' ? 'warn' : rule.effect })
          }
        />
        {/* A customer's message is there already: nothing of it can be stopped. */}
        {rule.appliesTo === 'reply' && (
          <SelectField
            label={text.effect}
            value={rule.effect}
            options={optionsOf(text.effects)}
            onChange={(effect) => onChange({ ...rule, effect })}
          />
        )}
        <SelectField
          label={text.match}
          value={rule.match}
          options={optionsOf(text.matches)}
          onChange={(match) => onChange({ ...rule, match })}
        />
      </div>
      <LinesField
        label={rule.match === 'words' ? text.words : text.patterns}
        rows={3}
        value={rule.phrases}
        problem={problem('phrases')}
        onChange={(phrases) => onChange({ ...rule, phrases })}
      />
      <TextField
        label={text.message}
        value={rule.message}
        problem={problem('message')}
        onChange={(message) => onChange({ ...rule, message })}
      />
    </>
  );
}

const optionsOf = <V extends string>(labels: Readonly<Record<V, string>>) =>
  (Object.keys(labels) as V[]).map((value) => ({ value, label: labels[value] }));

/** With an id no other rule has. */
function newRule(rules: readonly GuardrailRule[]): GuardrailRule {
  let number = rules.length + 1;
  while (rules.some(({ id }) => id === `rule-${String(number)}`)) number += 1;
  return {
    ...{ id: `rule-${String(number)}`, title: '', match: 'words', phrases: [], appliesTo: 'reply' },
    ...{ effect: 'block', message: '' },
  };
}
