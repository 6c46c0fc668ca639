import { GitCommitHorizontal, History, RotateCcw } from 'lucide-react';
import { useEffect, useState } from 'react';

import type { ReleaseManifest } from '../../../shared/domain/release.js';
import type { Rollout } from '../../../shared/domain/rollout.js';
import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { Callout } from '../../ui/callout.js';
import { Chip } from '../../ui/chip.js';
import { EmptyState } from '../../ui/empty-state.js';
import { AreaField, SelectField } from '../../ui/field.js';
import { Question } from '../../ui/question.js';
import { Time } from '../../ui/time.js';
import { ChangeList } from './change-list.js';
import { personOf } from './item-names.js';
import { useReleases } from './lead-stores.js';
import { valueOf } from './loaded.js';
import { LoadedView } from './loaded-view.js';
import { ReleaseOutcomeNote } from './release-outcome.js';
import { Split } from './split.js';

const text = strings.lead.releases;

/** Every release, what changed from any one to any other, and bringing one back. */
export function ReleasesTab() {
  const list = useReleases((state) => state.list);
  const load = useReleases((state) => state.load);
  const shown = useReleases((state) => state.shown);
  const show = useReleases((state) => state.show);
  useEffect(() => void load(), [load]);
  const all = valueOf(list) ?? [];
  const chosen = all.find(({ number }) => number === shown);
  return (
    <Split
      listLabel={text.list}
      detailLabel={chosen ? strings.lead.release(chosen.number) : text.chooseTitle}
      shown={chosen ? String(chosen.number) : null}
      onBack={() => show(null)}
      list={
        <LoadedView of={list} onRetry={() => void load()}>
          {(releases) =>
            releases.length === 0 ? (
              <EmptyState icon={<History aria-hidden />} title={text.emptyTitle}>
                <p>{text.emptyNext}</p>
              </EmptyState>
            ) : (
              <Rows releases={releases} />
            )
          }
        </LoadedView>
      }
      detail={
        chosen ? (
          <Detail key={chosen.number} release={chosen} all={all} />
        ) : (
          <div className="lead-editor">
            <ReleaseOutcomeNote />
            <EmptyState icon={<GitCommitHorizontal aria-hidden />} title={text.chooseTitle}>
              <p>{text.chooseNext}</p>
            </EmptyState>
          </div>
        )
      }
    />
  );
}

function Rows({ releases }: { readonly releases: readonly ReleaseManifest[] }) {
  const shown = useReleases((state) => state.shown);
  const show = useReleases((state) => state.show);
  const hasMore = useReleases((state) => state.hasMore);
  const loadMore = useReleases((state) => state.loadMore);
  const rollout = useReleases((state) => valueOf(state.rollout)?.rollout);
  return (
    <>
      <ul aria-label={text.list} className="lead-rows">
        {releases.map(({ number, createdAt, createdBy, notes, restores }) => {
          const runs = rollout && runsAs(rollout, number);
          return (
            <li key={number}>
              <button
                type="button"
                className="lead-row"
                aria-current={shown === number}
                onClick={() => show(number)}
              >
                <span className="lead-row-title">{strings.lead.release(number)}</span>
                {runs && <Chip tone={runs === 'all' ? 'good' : 'accent'}>{text.runs[runs]}</Chip>}
                <Time iso={createdAt} className="lead-row-time" />
                <span className="lead-row-note">
                  {personOf(createdBy)}
                  {restores !== null && ` · ${text.restores(restores)}`}
                  {notes !== '' && ` · ${notes}`}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      {hasMore && (
        <div className="lead-pad">
          <Button onClick={() => void loadMore()}>{strings.lead.more}</Button>
        </div>
      )}
    </>
  );
}

/** As what a release is in use now; null where it is not. */
function runsAs(rollout: Rollout, number: number): keyof typeof text.runs | null {
  switch (rollout.kind) {
    case 'none':
      return null;
    case 'all':
      return rollout.release === number ? 'all' : null;
    case 'canary':
      return rollout.canary === number ? 'canary' : rollout.stable === number ? 'stable' : null;
    case 'ab':
      return rollout.a === number ? 'a' : rollout.b === number ? 'b' : null;
  }
}

interface DetailProps {
  readonly release: ReleaseManifest;
  readonly all: readonly ReleaseManifest[];
}

function Detail({ release, all }: DetailProps) {
  const from = useReleases((state) => state.from);
  const compareWith = useReleases((state) => state.compareWith);
  const changes = useReleases((state) => state.changes);
  const show = useReleases((state) => state.show);
  const [isAsking, setIsAsking] = useState(false);
  const isNewest = all[0]?.number === release.number;
  const { number, createdAt, createdBy, notes, articles, chunks, restores } = release;
  return (
    <div className="lead-editor">
      <header className="lead-editor-head">
        <h3>{strings.lead.release(number)}</h3>
        <Time iso={createdAt} className="lead-hint" />
        <span className="lead-hint">{text.by(personOf(createdBy))}</span>
        <span className="lead-gap" />
        {!isNewest && !isAsking && (
          <Button icon={<RotateCcw aria-hidden />} onClick={() => setIsAsking(true)}>
            {text.restore}
          </Button>
        )}
      </header>
      {isAsking && <RestoreQuestion number={number} onDone={() => setIsAsking(false)} />}
      <ReleaseOutcomeNote />
      <p className="lead-hint">
        {text.holds(articles, chunks)}
        {restores !== null && ` · ${text.restores(restores)}`}
      </p>
      {notes !== '' && (
        <Callout tone="neutral" icon={<History aria-hidden />} title={notes}>
          {null}
        </Callout>
      )}
      <SelectField
        label={text.compare}
        value={String(from)}
        options={[
          ...all
            .filter((other) => other.number !== number)
            .map((other) => ({ value: String(other.number), label: strings.lead.release(other.number) })),
          { value: '0', label: text.nothing },
        ]}
        onChange={(value) => compareWith(Number(value))}
      />
      <LoadedView of={changes} onRetry={() => show(number)}>
        {(found) => (
          <>
            <p className="lead-hint">
              {text.changes(found.filter(({ key }) => !key.startsWith('graph/')).length)}
            </p>
            <ChangeList changes={found} />
          </>
        )}
      </LoadedView>
    </div>
  );
}

function RestoreQuestion({ number, onDone }: { readonly number: number; readonly onDone: () => void }) {
  const restore = useReleases((state) => state.restore);
  const isBusy = useReleases((state) => state.busy);
  const [notes, setNotes] = useState('');
  return (
    <Question
      title={text.restoreTitle(number)}
      icon={<RotateCcw aria-hidden />}
      yes={text.restore}
      no={text.restoreNo}
      isBusy={isBusy}
      onNo={onDone}
      onYes={() => void restore(number, notes.trim()).then(onDone)}
    >
      <p>{text.restoreWhat(number)}</p>
      <AreaField label={text.restoreNotes} rows={2} maxLength={20_000} value={notes} onChange={setNotes} />
    </Question>
  );
}
