import { modelPresets } from '../../../../shared/domain/model-presets.js';
import { ModelTask } from '../../../../shared/domain/model-run.js';
import type { ModelLimits, ModelSettings } from '../../../../shared/domain/model-settings.js';
import { strings } from '../../../app/strings.js';
import { CheckField, NumberField, SelectField, TextField } from '../../../ui/field.js';
import {
  firstModels,
  modelOf,
  secondsOf,
  serviceOf,
  withAddress,
  withAtLimit,
  withModel,
  withSeconds,
  withService,
  withWorker,
  workerOf,
} from './team-models.js';

const text = strings.leadEditor.models;
const shared = strings.chatModel;
const presets = modelPresets.map(({ id, name }) => ({ value: id, label: name }));
const atLimit = (['local', 'cheaper', 'warn'] as const).map((value) => ({
  value,
  label: shared.atLimitChoices[value],
}));
const workers = (['usual', 'main', 'small', 'local'] as const).map((value) => ({
  value,
  label: shared.stepModels[value],
}));
const NAMES = { main: shared.model, small: shared.small, fallback: shared.fallback } as const;

interface ModelsFormProps {
  /** Null where the team has none. */
  readonly value: ModelSettings | null;
  readonly problem: (path: string) => string | undefined;
  readonly onChange: (value: ModelSettings | null) => void;
}

/** The chat models every computer of the team begins with, and what they may cost. Keys are each rep's own. */
export function ModelsForm({ value, problem, onChange }: ModelsFormProps) {
  return (
    <>
      <CheckField
        label={text.isSet}
        value={value !== null}
        onChange={(isSet) => onChange(isSet ? firstModels() : null)}
      />
      <p className="lead-hint">{value === null ? text.none : text.hint}</p>
      {value && (
        <>
          <Service value={value} problem={problem} onChange={onChange} />
          <Limits value={value} onChange={onChange} />
          <Steps value={value} onChange={onChange} />
        </>
      )}
    </>
  );
}

interface PartProps {
  readonly value: ModelSettings;
  readonly onChange: (value: ModelSettings) => void;
}

function Service({ value, problem, onChange }: PartProps & Pick<ModelsFormProps, 'problem'>) {
  const service = serviceOf(value);
  const known = presets.some((preset) => preset.value === service?.id);
  return (
    <>
      <CheckField label={text.isOn} value={value.isOn} onChange={(isOn) => onChange({ ...value, isOn })} />
      <div className="lead-fields" data-wide>
        <SelectField
          label={shared.preset}
          value={service?.id ?? 'other'}
          options={known || !service ? presets : [...presets, { value: service.id, label: service.name }]}
          onChange={(id) => onChange(withService(value, id))}
        />
        <TextField
          label={shared.address}
          value={service?.baseUrl ?? ''}
          problem={problem('models.address')}
          onChange={(address) => onChange(withAddress(value, address))}
        />
        {(['main', 'small', 'fallback'] as const).map((role) => (
          <TextField
            key={role}
            label={NAMES[role]}
            value={modelOf(value, role)}
            problem={problem(`models.${role}`)}
            onChange={(model) => onChange(withModel(value, role, model))}
          />
        ))}
      </div>
    </>
  );
}

function Limits({ value, onChange }: PartProps) {
  const { limits } = value;
  const change = (part: Partial<ModelLimits>): void => onChange({ ...value, limits: { ...limits, ...part } });
  return (
    <div className="lead-fields">
      <NumberField
        label={shared.dailyDollars}
        min={0}
        step={0.1}
        value={limits.dailyCostMicros === null ? null : limits.dailyCostMicros / 1_000_000}
        onChange={(dollars) => change({ dailyCostMicros: wholeOf(dollars, 1_000_000) })}
      />
      <NumberField
        label={text.dailyTokens}
        min={0}
        step={1000}
        value={limits.dailyTokens}
        onChange={(tokens) => change({ dailyTokens: wholeOf(tokens) })}
      />
      <NumberField
        label={shared.dailyCalls}
        min={0}
        step={1}
        value={limits.dailyCalls}
        onChange={(calls) => change({ dailyCalls: wholeOf(calls) })}
      />
      <SelectField
        label={shared.atLimit}
        value={limits.atLimit}
        options={atLimit}
        onChange={(choice) => onChange(withAtLimit(value, choice))}
      />
    </div>
  );
}

/** A limit below nothing is none that anybody means. */
const wholeOf = (entered: number | null, factor = 1): number | null =>
  entered === null ? null : Math.max(0, Math.round(entered * factor));

function Steps({ value, onChange }: PartProps) {
  return (
    <details className="lead-models-steps">
      <summary>{shared.steps}</summary>
      <p className="lead-hint">{shared.stepsHint}</p>
      <div className="lead-fields">
        {ModelTask.options.map((task) => (
          <div key={task} role="group" aria-label={shared.stepNames[task]}>
            <SelectField
              label={shared.stepModel(shared.stepNames[task])}
              value={workerOf(value, task)}
              options={workers}
              onChange={(worker) => onChange(withWorker(value, task, worker))}
            />
            <NumberField
              label={shared.stepSeconds(shared.stepNames[task])}
              min={0.2}
              max={300}
              step={0.5}
              value={secondsOf(value, task)}
              onChange={(seconds) => onChange(withSeconds(value, task, seconds))}
            />
          </div>
        ))}
      </div>
    </details>
  );
}
