import { ArrowUp, Plus, X } from 'lucide-react';

import type { Playbook, PlaybookStep } from '../../../../shared/domain/playbook.js';
import { strings } from '../../../app/strings.js';
import { Button, IconButton } from '../../../ui/button.js';
import { SelectField, TextField } from '../../../ui/field.js';
import { Section } from '../../../ui/section.js';
import { useTeamNames } from '../team-names.js';
import { ConditionField } from './condition-field.js';
import type { FormProps } from './form-props.js';
import { freeId } from './free-id.js';
import { PlaybookTrialView } from './playbook-trial.js';

const text = strings.leadEditor.playbook;

/** What a rep does for one intent, step by step, in plain words. */
export function PlaybookForm({ value, isNew, problem, onChange }: FormProps<Playbook>) {
  const { intents } = useTeamNames();
  const { steps } = value;
  const change = (part: Partial<Playbook>): void => onChange({ ...value, ...part });
  const up = (at: number): void => {
    const [before, moved] = [steps[at - 1], steps[at]];
    if (before && moved)
      change({
        steps: steps.map((step, place) => (place === at - 1 ? moved : place === at ? before : step)),
      });
  };
  return (
    <div className="lead-form">
      <div className="lead-fields">
        <TextField
          label={text.title}
          value={value.title}
          maxLength={120}
          problem={problem('title')}
          onChange={(title) => change({ title })}
        />
        {isNew && intents.length > 0 ? (
          <SelectField
            label={text.intent}
            value={value.intent}
            options={[
              { value: '', label: text.chooseIntent },
              ...intents.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            problem={problem('intent')}
            onChange={(intent) => change({ intent })}
          />
        ) : (
          <TextField
            label={text.intent}
            value={value.intent}
            isReadOnly={!isNew}
            problem={problem('intent')}
            onChange={(intent) => change({ intent })}
          />
        )}
      </div>
      <Section title={text.steps}>
        <p className="lead-hint">
          {strings.leadEditor.condition.hint} {strings.leadEditor.condition.words}
        </p>
        <ol className="lead-rules" aria-label={text.steps}>
          {steps.map((step, at) => (
            <li key={step.id} aria-label={text.step(at + 1)}>
              <div className="lead-rule-head">
                <strong>{text.step(at + 1)}</strong>
                <span className="lead-gap" />
                {at > 0 && (
                  <IconButton label={text.up(at + 1)} icon={<ArrowUp aria-hidden />} onClick={() => up(at)} />
                )}
                <IconButton
                  label={text.remove(at + 1)}
                  icon={<X aria-hidden />}
                  onClick={() => change({ steps: steps.filter((_, place) => place !== at) })}
                />
              </div>
              <Step
                step={step}
                problem={problem(`steps.${at}.words`)}
                onChange={(next) =>
                  change({ steps: steps.map((each, place) => (place === at ? next : each)) })
                }
              />
            </li>
          ))}
        </ol>
        {problem('steps') !== undefined && <p className="lead-hint">{problem('steps')}</p>}
        <div>
          <Button
            icon={<Plus aria-hidden />}
            onClick={() => change({ steps: [...steps, { id: freeId('step', steps), words: '' }] })}
          >
            {text.add}
          </Button>
        </div>
      </Section>
      <PlaybookTrialView playbook={value} />
    </div>
  );
}

interface StepProps {
  readonly step: PlaybookStep;
  readonly problem: string | undefined;
  readonly onChange: (step: PlaybookStep) => void;
}

function Step({ step, problem, onChange }: StepProps) {
  return (
    <>
      <TextField
        label={text.words}
        value={step.words}
        maxLength={300}
        problem={problem}
        onChange={(words) => onChange({ ...step, words })}
      />
      <TextField
        label={text.tool}
        value={step.tool ?? ''}
        maxLength={100}
        onChange={(tool) => onChange({ ...step, tool })}
      />
      <ConditionField
        label={text.onlyIf}
        empty={strings.leadEditor.condition.always}
        value={step.onlyIf ?? ''}
        onChange={(onlyIf) => onChange({ ...step, onlyIf })}
      />
      <ConditionField
        label={text.doneWhen}
        empty={strings.leadEditor.condition.byHand}
        value={step.doneWhen ?? ''}
        onChange={(doneWhen) => onChange({ ...step, doneWhen })}
      />
    </>
  );
}
