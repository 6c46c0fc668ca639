import { Pause, Play, RotateCw, TrendingUp } from 'lucide-react';
import { useEffect } from 'react';

import type { Rollout } from '../../../shared/domain/rollout.js';
import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { Section } from '../../ui/section.js';
import { usePeople, useReleases } from './lead-stores.js';
import { LoadedView } from './loaded-view.js';
import { ReleaseOutcomeNote } from './release-outcome.js';
import { RolloutForm } from './rollout-form.js';
import { rolloutWords } from './rollout-words.js';
import { RunningTable } from './running-table.js';

const text = strings.lead.rollout;

/** Who gets which release, changing that, and what everybody really runs. */
export function RolloutTab() {
  const rollout = useReleases((state) => state.rollout);
  const load = useReleases((state) => state.load);
  const loadPeople = usePeople((state) => state.load);
  useEffect(() => {
    void load();
    void loadPeople();
  }, [load, loadPeople]);
  return (
    <div className="lead-page">
      <LoadedView of={rollout} onRetry={() => void load()}>
        {(now) => (
          <>
            <Section title={text.now}>
              <Now rollout={now.rollout} />
              <ReleaseOutcomeNote />
            </Section>
            {now.rollout.kind !== 'none' && (
              <Section title={text.title}>
                {/* Begun anew with every state of the hub: what is applied is always meant for what is shown above. */}
                <RolloutForm key={now.revision} now={now.rollout} />
              </Section>
            )}
            <Section
              title={text.running}
              aside={
                <Button variant="quiet" icon={<RotateCw aria-hidden />} onClick={() => void load()}>
                  {text.lookAgain}
                </Button>
              }
            >
              <p className="lead-hint">{text.runningHint}</p>
              <RunningTable running={now.running} />
            </Section>
          </>
        )}
      </LoadedView>
    </div>
  );
}

function Now({ rollout }: { readonly rollout: Rollout }) {
  const change = useReleases((state) => state.changeRollout);
  const choices =
    rollout.kind === 'canary'
      ? [rollout.canary, rollout.stable]
      : rollout.kind === 'ab'
        ? [rollout.a, rollout.b]
        : [];
  return (
    <>
      <p className="lead-now">{rolloutWords(rollout)}</p>
      {rollout.kind === 'canary' && rollout.isPaused && <p className="lead-hint">{text.paused}</p>}
      {choices.length > 0 && (
        <div className="lead-foot" data-start>
          {choices.map((release) => (
            <Button
              key={release}
              icon={<TrendingUp aria-hidden />}
              onClick={() => void change({ kind: 'all', release })}
            >
              {text.promote(release)}
            </Button>
          ))}
          {rollout.kind === 'canary' && (
            <Button
              icon={rollout.isPaused ? <Play aria-hidden /> : <Pause aria-hidden />}
              onClick={() => void change({ ...rollout, isPaused: !rollout.isPaused })}
            >
              {rollout.isPaused ? text.resume : text.pause}
            </Button>
          )}
        </div>
      )}
    </>
  );
}
