import { CircleCheck, FilePenLine } from 'lucide-react';

import type { ReceivedFeedback } from '../../../shared/domain/feedback-event.js';
import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { Callout } from '../../ui/callout.js';
import { Chip } from '../../ui/chip.js';
import { AreaField } from '../../ui/field.js';
import { Section } from '../../ui/section.js';
import { Time } from '../../ui/time.js';
import { WordDiff } from '../../ui/word-diff.js';
import { draftFromFeedback } from './draft-from-feedback.js';
import { personOf } from './item-names.js';
import { useDraft, useLeadStores, useReceived } from './lead-stores.js';
import { Problem } from './loaded-view.js';

const text = strings.lead.feedback;
const said = strings.feedback;

/** One piece of feedback with all a lead needs to judge it, and the answer to it. */
export function FeedbackDetail({ received }: { readonly received: ReceivedFeedback }) {
  const { event, memberName, receivedAt } = received;
  const { action, intent, diff, draftText } = event.feedback;
  const { customerText, articleIds, promptVersions, model, release } = event.context;
  const articles = useDraft((state) => state.articles);
  const prompts = Object.entries(promptVersions);
  return (
    <article className="lead-editor" aria-label={said.action[action.kind]}>
      <header className="lead-editor-head">
        <h3>{said.action[action.kind]}</h3>
        <span className="lead-hint">
          {memberName}, {text.from(release)}
        </span>
        <Time iso={receivedAt} className="lead-hint" />
      </header>
      <Section title={text.customer}>
        <blockquote className="lead-quote" dir="auto">
          {customerText}
        </blockquote>
      </Section>
      {action.kind === 'rejected' && (
        <Section title={text.reason}>
          <p>
            <Chip tone="warn">{said.reason[action.reason]}</Chip>
          </p>
          {action.comment !== '' && (
            <blockquote className="lead-quote" dir="auto">
              {action.comment}
            </blockquote>
          )}
        </Section>
      )}
      {(action.kind === 'inserted' || action.kind === 'copied') && action.unsupported && (
        <Section title={said.letThrough}>
          {action.unsupported.map((sentence) => (
            <blockquote key={sentence} className="lead-quote" dir="auto">
              {sentence}
            </blockquote>
          ))}
        </Section>
      )}
      {diff.length > 0 ? (
        <Section title={said.diff}>
          <WordDiff label={said.diff} parts={diff} added={said.added} removed={said.removed} />
        </Section>
      ) : (
        draftText !== '' && (
          <Section title={text.draft}>
            <blockquote className="lead-quote" dir="auto">
              {draftText}
            </blockquote>
          </Section>
        )
      )}
      <div className="lead-chips">
        <Chip>{intent === null ? said.noIntent : intent.replaceAll('_', ' ')}</Chip>
        {articleIds.map((id) => (
          <Chip key={id} prefix={text.sources}>
            {articles.find((article) => article.id === id)?.title ?? id}
          </Chip>
        ))}
        {model !== null && <Chip prefix={text.model}>{model}</Chip>}
        {prompts.map(([stage, version]) => (
          <Chip key={stage} prefix={text.prompts}>
            {stage}@{version}
          </Chip>
        ))}
      </div>
      <Answer received={received} />
    </article>
  );
}

function Answer({ received }: { readonly received: ReceivedFeedback }) {
  const stores = useLeadStores();
  const { id } = received.event.feedback;
  const note = useReceived((state) => state.notes[id] ?? '');
  const write = useReceived((state) => state.write);
  const resolve = useReceived((state) => state.resolve);
  const isBusy = useReceived((state) => state.busy === 'resolving');
  const problem = useReceived((state) => state.problem);
  const hasDraft = useReceived((state) => state.draftKeys[id] !== undefined);
  const { resolution } = received;
  const make = (
    <Button icon={<FilePenLine aria-hidden />} onClick={() => void draftFromFeedback(stores, received)}>
      {text.makeDraft}
    </Button>
  );
  if (resolution)
    return (
      <>
        <Callout
          tone="accent"
          icon={<CircleCheck aria-hidden />}
          title={`${text.resolved} ${text.resolvedBy(personOf(resolution.resolvedBy))}`}
        >
          {resolution.note !== '' && <p>{resolution.note}</p>}
          {resolution.draftKey !== null && <p>{resolution.draftKey}</p>}
        </Callout>
        <div className="lead-foot">{make}</div>
      </>
    );
  return (
    <form
      className="lead-form"
      onSubmit={(event) => {
        event.preventDefault();
        void resolve(id);
      }}
    >
      <AreaField
        label={text.note}
        hint={hasDraft ? text.linked : text.noteHint}
        rows={3}
        maxLength={4000}
        value={note}
        onChange={(typed) => write(id, typed)}
      />
      {problem && <Problem error={problem} />}
      <div className="lead-foot">
        {make}
        <span className="lead-gap" />
        <Button type="submit" variant="primary" aria-disabled={isBusy}>
          {note.trim() === '' ? text.close : text.resolve}
        </Button>
      </div>
    </form>
  );
}
