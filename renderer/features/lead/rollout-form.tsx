import { useState } from 'react';

import type { Rollout } from '../../../shared/domain/rollout.js';
import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { CheckField, NumberField, SelectField } from '../../ui/field.js';
import { Segmented } from '../../ui/segmented.js';
import { isSameContent } from './items.js';
import { usePeople, useReleases } from './lead-stores.js';
import { valueOf } from './loaded.js';

const text = strings.lead.rollout;
const MODES = ['all', 'canary', 'ab'] as const;
type Mode = (typeof MODES)[number];

interface Choice {
  readonly mode: Mode;
  /** For everybody; the stable one of a canary; A. */
  readonly first: number;
  /** The canary; B. Null proposes the newest release, also one that comes while the form is open. */
  readonly second: number | null;
  readonly percent: number;
  readonly pilots: readonly string[];
}

/** Chooses who gets what; nothing happens before it is applied. */
export function RolloutForm({ now }: { readonly now: Rollout }) {
  const releases = useReleases(({ list }) => valueOf(list));
  const change = useReleases((state) => state.changeRollout);
  const isBusy = useReleases((state) => state.busy);
  const numbers = releases?.map(({ number }) => number) ?? [];
  const [typed, setTyped] = useState(() => choiceOf(now, numbers[0] ?? 1));
  const edit = (part: Partial<Choice>): void => setTyped({ ...typed, ...part });
  const choice = { ...typed, second: typed.second ?? numbers[0] ?? typed.first };
  const { mode, first, second, percent } = choice;
  const made = rolloutOf(choice, now);
  const isSame = isSameContent(made, now);
  const isPossible = mode === 'all' || first !== second;
  const select = (label: string, name: 'first' | 'second') => (
    <SelectField
      label={label}
      value={String(choice[name])}
      options={numbers.map((number) => ({ value: String(number), label: strings.lead.release(number) }))}
      onChange={(value) => edit({ [name]: Number(value) })}
    />
  );
  return (
    <form
      className="lead-form"
      aria-label={text.title}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isSame && isPossible) void change(made);
      }}
    >
      <div className="lead-choices">
        <Segmented
          label={text.mode}
          value={mode}
          options={MODES.map((value) => ({ value, label: text.modes[value] }))}
          onChange={(value) => edit({ mode: value })}
        />
      </div>
      <div className="lead-fields">
        {mode === 'all' && select(text.releaseAll, 'first')}
        {mode === 'canary' && (
          <>
            {select(text.canaryOf, 'second')}
            {select(text.stable, 'first')}
          </>
        )}
        {mode === 'ab' && (
          <>
            {select(text.a, 'first')}
            {select(text.b, 'second')}
          </>
        )}
      </div>
      {mode !== 'all' && <Share percent={percent} onChange={(value) => edit({ percent: value })} />}
      {mode === 'canary' && <Pilots chosen={choice.pilots} onChange={(pilots) => edit({ pilots })} />}
      <div className="lead-foot" data-start>
        <Button type="submit" variant="primary" disabled={isSame || !isPossible} aria-disabled={isBusy}>
          {text.apply}
        </Button>
        <p className="lead-hint">{!isPossible ? text.needsTwo : isSame ? text.unchanged : ''}</p>
      </div>
    </form>
  );
}

function Share({
  percent,
  onChange,
}: {
  readonly percent: number;
  readonly onChange: (percent: number) => void;
}) {
  const take = (value: number): void => onChange(Math.min(100, Math.max(0, Math.round(value))));
  return (
    <div className="lead-share">
      <label>
        <span>{text.percent}</span>
        <input
          type="range"
          min={0}
          max={100}
          value={percent}
          onChange={(event) => take(event.target.valueAsNumber)}
        />
      </label>
      <NumberField
        label={text.percentExact}
        min={0}
        max={100}
        step={1}
        value={percent}
        onChange={(value) => take(value ?? 0)}
      />
      <p className="lead-hint">{text.percentHint}</p>
    </div>
  );
}

interface PilotsProps {
  readonly chosen: readonly string[];
  readonly onChange: (pilots: readonly string[]) => void;
}

function Pilots({ chosen, onChange }: PilotsProps) {
  const people = usePeople((state) => valueOf(state.people));
  const members = people?.members.filter(({ state, id }) => state === 'active' || chosen.includes(id)) ?? [];
  return (
    <fieldset className="lead-checks">
      <legend>{text.pilots}</legend>
      {members.map(({ id, name }) => (
        <CheckField
          key={id}
          label={name}
          value={chosen.includes(id)}
          onChange={(isIn) => onChange(isIn ? [...chosen, id] : chosen.filter((each) => each !== id))}
        />
      ))}
    </fieldset>
  );
}

/** What the form begins with; another mode proposes the newest release against the one in use. */
function choiceOf(rollout: Rollout, newest: number): Choice {
  const rest = { percent: 10, pilots: [] };
  switch (rollout.kind) {
    case 'none':
      return { ...rest, mode: 'all', first: newest, second: null };
    case 'all':
      return { ...rest, mode: 'all', first: rollout.release, second: null };
    case 'canary': {
      const { stable, canary, percent, pilots } = rollout;
      return { mode: 'canary', first: stable, second: canary, percent, pilots };
    }
    case 'ab':
      return { ...rest, mode: 'ab', first: rollout.a, second: rollout.b, percent: rollout.percentB };
  }
}

function rolloutOf(
  { mode, first, second, percent, pilots }: Choice & { readonly second: number },
  now: Rollout,
): Rollout {
  switch (mode) {
    case 'all':
      return { kind: 'all', release: first };
    case 'ab':
      return { kind: 'ab', a: first, b: second, percentB: percent };
    case 'canary': {
      const isPaused = now.kind === 'canary' && now.canary === second && now.isPaused;
      return { kind: 'canary', stable: first, canary: second, percent, pilots: [...pilots], isPaused };
    }
  }
}
