import { Info } from 'lucide-react';
import { useId, useState } from 'react';

import type { PersonalKind, PrivacyMode, PrivacySettings } from '../../../shared/domain/personal-data.js';
import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { NumberField, SelectField } from '../../ui/field.js';
import { Section } from '../../ui/section.js';
import { Skeleton } from '../../ui/skeleton.js';
import { Problem } from './ledger-problem.js';
import { useLedger } from './ledger-store.js';

const text = strings.ledger;
const MODES: readonly PrivacyMode[] = ['anonymise', 'as_is', 'block'];

/** What may leave this computer, and how long the ledger is kept. */
export function PrivacyTab() {
  const view = useLedger((state) => state.view);
  const problem = useLedger((state) => state.problem);
  if (!view)
    return (
      <div className="ledger-pad" role="group" aria-busy="true" aria-label={text.loading}>
        <Skeleton widths={[45, 80, 60]} />
      </div>
    );
  const { settings } = view;
  return (
    <div className="ledger-page ledger-settings">
      {view.problem && <Problem error={view.problem} />}
      {problem && <Problem error={problem} />}
      <Modes settings={settings} />
      {settings.mode !== 'block' && <Kinds settings={settings} />}
      <Keep key={`${settings.keepDays} ${settings.keepMegabytes}`} settings={settings} />
      <p className="ledger-hint ledger-note">
        <Info aria-hidden />
        {text.notFound}
      </p>
    </div>
  );
}

function Modes({ settings: { mode } }: { readonly settings: PrivacySettings }) {
  const change = useLedger((state) => state.change);
  const name = useId();
  return (
    <fieldset className="ledger-modes">
      <legend>{text.mode}</legend>
      {MODES.map((value) => (
        <label key={value} className="ledger-mode" data-chosen={value === mode}>
          <input
            type="radio"
            name={name}
            checked={value === mode}
            aria-describedby={`${name}-${value}`}
            onChange={() => void change({ mode: value })}
          />
          <span className="ledger-mode-name">{text.modes[value]}</span>
          <span id={`${name}-${value}`} className="ledger-hint">
            {text.modeHints[value]}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function Kinds({ settings: { kinds } }: { readonly settings: PrivacySettings }) {
  const change = useLedger((state) => state.change);
  const set = (kind: PersonalKind, mode: PrivacyMode | 'rest'): void => {
    const others = Object.fromEntries(Object.entries(kinds).filter(([one]) => one !== kind));
    void change({ kinds: mode === 'rest' ? others : { ...others, [kind]: mode } });
  };
  return (
    <Section title={text.kindsTitle}>
      <p className="ledger-hint">{text.kindsHint}</p>
      <div className="ledger-kinds">
        {(Object.keys(text.kinds) as PersonalKind[]).map((kind) => (
          <SelectField
            key={kind}
            label={text.kinds[kind]}
            value={kinds[kind] ?? 'rest'}
            options={[
              { value: 'rest' as const, label: text.likeRest },
              ...MODES.map((value) => ({ value, label: text.kindMode[value] })),
            ]}
            onChange={(mode) => set(kind, mode)}
          />
        ))}
      </div>
    </Section>
  );
}

const within = (value: number | null, least: number, most: number): value is number =>
  value !== null && Number.isInteger(value) && value >= least && value <= most;

function Keep({ settings }: { readonly settings: PrivacySettings }) {
  const change = useLedger((state) => state.change);
  const [days, setDays] = useState<number | null>(settings.keepDays);
  const [megabytes, setMegabytes] = useState<number | null>(settings.keepMegabytes);
  const areGood = within(days, 1, 3650) && within(megabytes, 10, 100_000);
  const isChanged = days !== settings.keepDays || megabytes !== settings.keepMegabytes;
  return (
    <Section title={text.keepTitle}>
      <form
        className="ledger-keep"
        onSubmit={(event) => {
          event.preventDefault();
          if (areGood) void change({ keepDays: days, keepMegabytes: megabytes });
        }}
      >
        <NumberField label={text.keepDays} value={days} min={1} max={3650} step={1} onChange={setDays} />
        <NumberField
          label={text.keepMegabytes}
          value={megabytes}
          min={10}
          max={100_000}
          step={1}
          hint={text.keepHint}
          problem={areGood ? undefined : text.keepProblem}
          onChange={setMegabytes}
        />
        <Button type="submit" variant="primary" aria-disabled={!areGood || !isChanged}>
          {text.save}
        </Button>
      </form>
    </Section>
  );
}
