import { CircleCheck, CircleSlash, FlaskConical, Send, Square, TriangleAlert } from 'lucide-react';
import { useEffect } from 'react';

import type { Publication, PublishProgress } from '../../../shared/domain/publication.js';
import { assertNever } from '../../../shared/lib/assert-never.js';
import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { Callout } from '../../ui/callout.js';
import { AreaField } from '../../ui/field.js';
import { Section } from '../../ui/section.js';
import { Segmented } from '../../ui/segmented.js';
import { ChangeList } from './change-list.js';
import { isTyped } from './editors-store.js';
import { useDeskTab, useDraft, useEditors, useReleases } from './lead-stores.js';
import { valueOf } from './loaded.js';
import { LoadedView, Problem } from './loaded-view.js';
import { rolloutWords } from './rollout-words.js';

const text = strings.lead.publish;

/** What goes out and to whom; then how far it is, and what came of it. */
export function PublishView() {
  const publication = useDraft((state) => state.publication);
  const preview = useDraft((state) => state.preview);
  const loadPreview = useDraft((state) => state.loadPreview);
  const problem = useDraft((state) => state.problem);
  const isRunning = publication.kind === 'running';
  return (
    <div className="lead-editor" role="group" aria-label={text.title}>
      <header className="lead-editor-head">
        <h3>{text.title}</h3>
      </header>
      <Outcome publication={publication} />
      {problem && <Problem error={problem} />}
      {publication.kind !== 'done' && (
        <>
          {!isRunning && <Options />}
          <Section title={text.what}>
            <LoadedView of={preview} onRetry={() => void loadPreview()}>
              {(changes) =>
                changes.length === 0 ? (
                  <p className="lead-hint">{text.nothing}</p>
                ) : (
                  <ChangeList changes={changes} />
                )
              }
            </LoadedView>
          </Section>
        </>
      )}
    </div>
  );
}

function Options() {
  const notes = useDraft((state) => state.notes);
  const assign = useDraft((state) => state.assign);
  const edit = useDraft((state) => state.edit);
  const publish = useDraft((state) => state.publish);
  const hasChanges = useDraft(({ preview }) => preview.kind === 'ready' && preview.value.length > 0);
  const unsaved = useEditors(({ editors }) => Object.values(editors).filter(isTyped).length);
  const rollout = useReleases((state) => valueOf(state.rollout)?.rollout);
  const load = useReleases((state) => state.load);
  useEffect(() => void load(), [load]);
  const isTried = rollout?.kind === 'canary' || rollout?.kind === 'ab';
  return (
    <>
      {unsaved > 0 && (
        <Callout tone="warn" icon={<TriangleAlert aria-hidden />} title={text.unsaved(unsaved)}>
          {null}
        </Callout>
      )}
      {isTried && (
        <Callout tone="warn" icon={<FlaskConical aria-hidden />} title={text.canary}>
          <p>{text.canaryNext(rolloutWords(rollout))}</p>
        </Callout>
      )}
      <AreaField
        label={text.notes}
        hint={text.notesHint}
        rows={3}
        maxLength={20_000}
        value={notes}
        onChange={(value) => edit({ notes: value })}
      />
      <div className="lead-choice">
        <Segmented
          label={text.whom}
          value={assign ? 'all' : 'nobody'}
          options={(['all', 'nobody'] as const).map((value) => ({ value, label: text[value] }))}
          onChange={(value) => edit({ assign: value === 'all' })}
        />
        <p className="lead-hint">{text.whomHint[assign ? 'all' : 'nobody']}</p>
      </div>
      <div className="lead-foot">
        <Button
          variant="primary"
          icon={<Send aria-hidden />}
          disabled={!hasChanges || (isTried && assign)}
          onClick={() => void publish()}
        >
          {text.go}
        </Button>
      </div>
    </>
  );
}

function Outcome({ publication }: { readonly publication: Publication }) {
  const show = useDeskTab((state) => state.show);
  switch (publication.kind) {
    case 'none':
      return null;
    case 'running':
      return <Running progress={publication.progress} />;
    case 'failed':
      return <Problem error={publication.error} />;
    case 'cancelled':
      return (
        <Callout tone="neutral" icon={<CircleSlash aria-hidden />} title={text.cancelled}>
          <p>{text.cancelledNext}</p>
        </Callout>
      );
    case 'done': {
      const { number, articlesChanged, segmentsSent, bytesSent } = publication.published;
      return (
        <div role="status" className="lead-form">
          <Callout tone="accent" icon={<CircleCheck aria-hidden />} title={text.done(number)}>
            <p>{text.doneNext(articlesChanged, segmentsSent, bytesSent)}</p>
            <p>{publication.isAssigned ? text.doneAll : text.doneNobody}</p>
          </Callout>
          <div className="lead-foot">
            <Button onClick={() => show(publication.isAssigned ? 'releases' : 'rollout')}>
              {strings.lead.tab[publication.isAssigned ? 'releases' : 'rollout']}
            </Button>
          </div>
        </div>
      );
    }
    default:
      return assertNever(publication, 'publication');
  }
}

function Running({ progress: { step, done, total } }: { readonly progress: PublishProgress }) {
  const cancel = useDraft((state) => state.cancelPublish);
  return (
    <section className="lead-running" aria-label={text.progress}>
      <div className="lead-running-head">
        <strong>{text.step[step]}</strong>
        {total > 0 && <span className="lead-hint">{text.counted(done, total)}</span>}
        <span className="lead-gap" />
        <Button variant="quiet" icon={<Square aria-hidden />} onClick={() => void cancel()}>
          {text.stop}
        </Button>
      </div>
      <progress aria-label={text.progress} {...(total > 0 ? { max: total, value: done } : {})} />
    </section>
  );
}
