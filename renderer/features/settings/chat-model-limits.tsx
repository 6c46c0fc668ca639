import { ModelTask } from '../../../shared/domain/model-run.js';
import { strings } from '../../app/strings.js';
import { NumberField, SelectField } from '../../ui/field.js';
import type { StepModel } from './chat-model-fields.js';
import { useChatModel } from './chat-model-store.js';

const text = strings.chatModel;
const atLimit = (['local', 'cheaper', 'warn'] as const).map((value) => ({
  value,
  label: text.atLimitChoices[value],
}));
const stepModels = (['usual', 'main', 'small', 'local'] as const satisfies readonly StepModel[]).map(
  (value) => ({ value, label: text.stepModels[value] }),
);

/** How much a day, and who does which step. */
export function ChatModelLimits() {
  const fields = useChatModel((state) => state.fields);
  const edit = useChatModel((state) => state.edit);
  return (
    <>
      <details className="search-model-more chat-model-part">
        <summary>{text.limits}</summary>
        <div className="chat-model-pair">
          <NumberField
            label={text.dailyDollars}
            value={fields.dailyDollars}
            min={0}
            step={0.1}
            onChange={(dailyDollars) => edit({ dailyDollars })}
          />
          <NumberField
            label={text.dailyCalls}
            value={fields.dailyCalls}
            min={0}
            step={1}
            onChange={(calls) => edit({ dailyCalls: calls === null ? null : Math.round(calls) })}
          />
        </div>
        <SelectField
          label={text.atLimit}
          value={fields.atLimit}
          options={atLimit}
          onChange={(choice) => edit({ atLimit: choice })}
        />
      </details>
      <details className="search-model-more chat-model-part">
        <summary>{text.steps}</summary>
        <p className="search-model-hint">{text.stepsHint}</p>
        {ModelTask.options.map((task) => (
          <Step key={task} task={task} />
        ))}
      </details>
    </>
  );
}

function Step({ task }: { readonly task: ModelTask }) {
  const who = useChatModel((state) => state.fields.steps[task] ?? 'usual');
  const seconds = useChatModel((state) => state.fields.seconds[task] ?? null);
  const edit = useChatModel((state) => state.edit);
  const fields = useChatModel((state) => state.fields);
  const name = text.stepNames[task];
  const setSeconds = (value: number | null): void => {
    const others = (Object.entries(fields.seconds) as [ModelTask, number][]).filter(
      ([other]) => other !== task,
    );
    const own: [ModelTask, number][] = value === null ? [] : [[task, Math.min(Math.max(value, 0.2), 300)]];
    edit({ seconds: Object.fromEntries([...others, ...own]) });
  };
  return (
    <div className="chat-model-step" role="group" aria-label={name}>
      <span aria-hidden>{name}</span>
      <div className="field">
        <select
          aria-label={text.stepModel(name)}
          value={who}
          onChange={(event) => edit({ steps: { ...fields.steps, [task]: event.target.value as StepModel } })}
        >
          {stepModels.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </div>
      <div className="field">
        <input
          type="number"
          aria-label={text.stepSeconds(name)}
          value={seconds ?? ''}
          {...{ min: 0.2, max: 300, step: 0.5 }}
          placeholder="s"
          onChange={({ target }) =>
            setSeconds(Number.isNaN(target.valueAsNumber) ? null : target.valueAsNumber)
          }
        />
      </div>
    </div>
  );
}
