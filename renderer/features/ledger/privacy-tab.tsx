import { Info, Lock } from 'lucide-react';
import { useId, useState } from 'react';

import type { PrivacyView } from '../../../shared/contracts/ipc/privacy.js';
import type { PersonalKind, PrivacyMode, PrivacySettings } from '../../../shared/domain/personal-data.js';
import { isLaxer, teamLeast } from '../../../shared/personal-data/privacy-in-force.js';
import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { Chip } from '../../ui/chip.js';
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
      <Modes view={view} />
      {settings.mode !== 'block' && <Kinds view={view} />}
      <Keep key={`${settings.keepDays} ${settings.keepMegabytes}`} settings={settings} />
      <p className="ledger-hint ledger-note">
        <Info aria-hidden />
        {text.notFound}
      </p>
    </div>
  );
}

function Modes({ view: { settings, own, team } }: { readonly view: PrivacyView }) {
  const change = useLedger((state) => state.change);
  const name = useId();
  const { mode } = settings;
  const least = teamLeast(team);
  return (
    <fieldset className="ledger-modes">
      <legend>{text.mode}</legend>
      {least !== 'as_is' && (
        <p className="ledger-hint ledger-note">
          <Lock aria-hidden />
          {text.setByTeam(text.modes[least], least !== 'block')}
        </p>
      )}
      {MODES.map((value) => (
        <label
          key={value}
          className="ledger-mode"
          data-chosen={value === mode}
          data-forbidden={isLaxer(value, least)}
        >
          <input
            type="radio"
            name={name}
            checked={value === mode}
            disabled={isLaxer(value, least)}
            aria-describedby={`${name}-${value}`}
            onChange={() => void change({ mode: value })}
          />
          <span className="ledger-mode-name">
            {text.modes[value]}
            {value === mode && isLaxer(own.mode, least) && <Chip>{text.byTeam}</Chip>}
          </span>
          <span id={`${name}-${value}`} className="ledger-hint">
            {text.modeHints[value]}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function Kinds({ view: { own, team } }: { readonly view: PrivacyView }) {
  const change = useLedger((state) => state.change);
  const { kinds } = own;
  /** What the rep chose, where the team lets it count; else it is as the team wants the rest or the kind. */
  const chosen = (kind: PersonalKind): PrivacyMode | 'rest' => {
    const mode = kinds[kind];
    return mode === undefined || isLaxer(mode, teamLeast(team, kind)) ? 'rest' : mode;
  };
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
            value={chosen(kind)}
            hint={hintOf(team, kind)}
            options={[
              { value: 'rest' as const, label: text.likeRest },
              ...MODES.filter((value) => !isLaxer(value, teamLeast(team, kind))).map((value) => ({
                value,
                label: text.kindMode[value],
              })),
            ]}
            onChange={(mode) => set(kind, mode)}
          />
        ))}
      </div>
    </Section>
  );
}

/** Says so where the team asks for something else for a kind than for the rest. */
const hintOf = (team: PrivacyView['team'], kind: PersonalKind): string | undefined => {
  const mode = team?.kinds[kind];
  return mode === undefined || mode === 'as_is' ? undefined : text.kindByTeam(text.kindMode[mode]);
};

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
