import { CircleAlert, Copy, FileText, StickyNote } from 'lucide-react';
import { useEffect } from 'react';

import type { ModelFailure } from '../../../shared/domain/model-run.js';
import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { EmptyState } from '../../ui/empty-state.js';
import { Section } from '../../ui/section.js';
import { Skeleton } from '../../ui/skeleton.js';
import { selectThread, useConversation } from './conversation-store.js';
import { useThreadSummary } from './thread-summary-store.js';
import './thread-summary.css';

const text = strings.threadSummary;

interface ThreadSummaryPanelProps {
  readonly onCopy: (note: string) => void;
  readonly onAddNote: (note: string) => void;
}

/** The conversation in short, what is still open, and the note for the record when it ends. */
export function ThreadSummaryPanel(actions: ThreadSummaryPanelProps) {
  const activeId = useConversation((state) => state.activeId);
  const thread = useConversation(selectThread);
  const summary = useThreadSummary((state) => state.summary);
  const read = useThreadSummary((state) => state.read);
  const newest = thread?.kind === 'open' ? thread.conversation.messages.at(-1)?.id : undefined;
  useEffect(() => {
    // Again when a message came: the summary is kept up to date turn by turn.
    if (activeId !== null) void read(activeId);
  }, [activeId, newest, read]);

  if (activeId === null) return <p className="thread-summary">{strings.conversation.none}</p>;
  switch (summary.kind) {
    case 'none':
    case 'working':
      return (
        <div className="thread-summary" role="group" aria-busy="true" aria-label={text.working}>
          <Skeleton widths={[92, 84, 60, 40]} />
        </div>
      );
    case 'failed':
      return (
        <EmptyState icon={<CircleAlert aria-hidden />} title={summary.error.message}>
          <p>{summary.error.next}</p>
        </EmptyState>
      );
    case 'ready': {
      const { summary: words, openQuestions, strategy, failure } = summary.value;
      return (
        <div className="thread-summary">
          <Section title={text.summary}>
            <p className="thread-summary-text" dir="auto">
              {words}
            </p>
          </Section>
          <Section title={text.open}>
            {openQuestions.length === 0 ? (
              <p className="thread-summary-by">{text.nothingOpen}</p>
            ) : (
              <ul className="thread-summary-questions">
                {openQuestions.map((question) => (
                  <li key={question} dir="auto">
                    {question}
                  </li>
                ))}
              </ul>
            )}
          </Section>
          <WrittenBy strategy={strategy} failure={failure} />
          <WrapUpNote {...actions} />
        </div>
      );
    }
  }
}

function WrapUpNote({ onCopy, onAddNote }: ThreadSummaryPanelProps) {
  const wrapUp = useThreadSummary((state) => state.wrapUp);
  const write = useThreadSummary((state) => state.writeNote);
  return (
    <Section title={text.wrapUp}>
      {wrapUp.kind === 'ready' ? (
        <>
          <p className="thread-summary-text thread-summary-note" dir="auto">
            {wrapUp.value.note}
          </p>
          <WrittenBy {...wrapUp.value} />
          <div className="thread-summary-foot">
            <Button icon={<Copy aria-hidden />} onClick={() => onCopy(wrapUp.value.note)}>
              {text.copy}
            </Button>
            <Button
              variant="primary"
              icon={<StickyNote aria-hidden />}
              onClick={() => onAddNote(wrapUp.value.note)}
            >
              {text.add}
            </Button>
          </div>
        </>
      ) : (
        <>
          <p className="thread-summary-by">
            {wrapUp.kind === 'failed' ? `${wrapUp.error.message} ${wrapUp.error.next}` : text.wrapUpHint}
          </p>
          <div className="thread-summary-foot">
            <Button
              icon={<FileText aria-hidden />}
              aria-disabled={wrapUp.kind === 'working'}
              onClick={() => void write()}
            >
              {wrapUp.kind === 'working' ? text.writing : text.write}
            </Button>
          </div>
        </>
      )}
    </Section>
  );
}

interface WrittenByProps {
  readonly strategy: 'local' | 'model';
  readonly failure: ModelFailure | null;
}

function WrittenBy({ strategy, failure }: WrittenByProps) {
  return (
    <p className="thread-summary-by">
      {failure ? `${text.by[strategy]} ${failure.message}` : text.by[strategy]}
    </p>
  );
}
