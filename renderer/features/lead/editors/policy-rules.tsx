import { Plus, X } from 'lucide-react';

import type { PolicyRule } from '../../../../shared/domain/tool-policy.js';
import { strings } from '../../../app/strings.js';
import { Button, IconButton } from '../../../ui/button.js';
import { SelectField, TextField } from '../../../ui/field.js';
import { useDraft } from '../lead-stores.js';
import { ConditionField } from './condition-field.js';
import { freeId } from './free-id.js';

const text = strings.leadEditor.policyRules;

interface PolicyRulesProps {
  readonly rules: readonly PolicyRule[];
  /** What is wrong with a field, by `<position>.<field>`. */
  readonly problem: (name: string) => string | undefined;
  readonly onChange: (rules: PolicyRule[]) => void;
}

/** Rules that code checks before a change is made, each with the article it stands in. */
export function PolicyRules({ rules, problem, onChange }: PolicyRulesProps) {
  const blank = (): PolicyRule => ({
    ...{ id: freeId('rule', rules), when: '', effect: 'needs_lead', message: '', source: null },
  });
  return (
    <>
      <p className="lead-hint">{strings.leadEditor.condition.hint}</p>
      <ol className="lead-rules" aria-label={text.title}>
        {rules.map((rule, at) => (
          <li key={rule.id} aria-label={text.rule(at + 1)}>
            <div className="lead-rule-head">
              <strong>{text.rule(at + 1)}</strong>
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
              onChange={(next) => onChange(rules.map((each, place) => (place === at ? next : each)))}
            />
          </li>
        ))}
      </ol>
      <div>
        <Button icon={<Plus aria-hidden />} onClick={() => onChange([...rules, blank()])}>
          {text.add}
        </Button>
      </div>
    </>
  );
}

interface RuleProps {
  readonly rule: PolicyRule;
  readonly problem: (name: string) => string | undefined;
  readonly onChange: (rule: PolicyRule) => void;
}

function Rule({ rule, problem, onChange }: RuleProps) {
  const { source } = rule;
  const articles = useDraft((state) => state.articles);
  const named = articles
    .filter(({ pool }) => pool === 'articles')
    .map(({ id, title }) => ({ value: id, label: title }));
  const isNamed = source === null || named.some(({ value }) => value === source.articleId);
  const options = [
    { value: '', label: text.noSource },
    ...(isNamed ? [] : [{ value: source.articleId, label: source.title }]),
    ...named,
  ];
  return (
    <>
      <ConditionField
        label={text.when}
        value={rule.when}
        isRule
        problem={problem('when')}
        onChange={(when) => onChange({ ...rule, when })}
      />
      <div className="lead-fields">
        <SelectField
          label={text.effect}
          value={rule.effect}
          options={(['needs_lead', 'blocks'] as const).map((value) => ({
            value,
            label: text.effects[value],
          }))}
          onChange={(effect) => onChange({ ...rule, effect })}
        />
        <SelectField
          label={text.source}
          value={source?.articleId ?? ''}
          options={options}
          onChange={(articleId) => {
            const title = options.find(({ value }) => value === articleId)?.label ?? articleId;
            onChange({ ...rule, source: articleId === '' ? null : { articleId, title } });
          }}
        />
      </div>
      <TextField
        label={text.message}
        value={rule.message}
        maxLength={500}
        problem={problem('message')}
        onChange={(message) => onChange({ ...rule, message })}
      />
      <TextField
        label={text.kept}
        value={rule.kept ?? ''}
        maxLength={500}
        onChange={(kept) => onChange({ ...rule, kept })}
      />
      {source !== null && (
        <TextField
          label={text.quote}
          value={source.quote ?? ''}
          maxLength={500}
          onChange={(quote) => {
            const { articleId, title } = source;
            onChange({ ...rule, source: { articleId, title, ...(quote === '' ? {} : { quote }) } });
          }}
        />
      )}
    </>
  );
}
