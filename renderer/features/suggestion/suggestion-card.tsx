import { CircleAlert, CirclePause, MessageSquare, Undo2 } from 'lucide-react';

import type { ReactNode } from 'react';

import { assertNever } from '../../../shared/lib/assert-never.js';
import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { EmptyState } from '../../ui/empty-state.js';
import { ScrollArea } from '../../ui/scroll-area.js';
import { Skeleton } from '../../ui/skeleton.js';
import { CardActions } from './card-actions.js';
import { ReadyBody, RunningBody } from './card-body.js';
import type { CardHandlers } from './card-handlers.js';
import type { Card, ReadyCard } from './card-state.js';
import { selectCard, useSuggestion } from './suggestion-store.js';
import './reply.css';
import './verdict.css';
import './model-line.css';
import './card.css';
import './intent-header.css';
import './stage-strip.css';
import './evidence-list.css';
import './handover-panel.css';
import './card-foot.css';

const text = strings.card;

/** The card beside the conversation: what the customer wants, what the team knows, what to answer. */
export function SuggestionCard({
  handlers,
  files,
  changes,
}: {
  readonly handlers: CardHandlers;
  /** What the card was made with besides the messages, above all of it. */
  readonly files: ReactNode;
  /** The changes in business systems, below the reply. */
  readonly changes: ReactNode;
}) {
  const card = useSuggestion(selectCard);
  const activeId = useSuggestion((state) => state.activeId);
  const ready = card?.kind === 'ready' ? card : null;
  return (
    <section
      className="card"
      aria-label={text.title}
      aria-busy={card?.kind === 'running' || card?.kind === 'waiting'}
      data-state={card?.kind ?? 'none'}
      data-run-id={runIdOf(card) ?? undefined}
      data-outcome={ready?.suggestion.outcome}
      data-variant={ready?.suggestion.variant}
      data-strategy={ready?.suggestion.strategy}
      data-model={modelStateOf(ready)}
      data-conversation-id={activeId ?? undefined}
      data-rejected={ready?.decision?.kind === 'rejected' || undefined}
    >
      <ScrollArea key={activeId} className="card-scroll" role="group" aria-label={text.details}>
        {card !== null && files}
        <CardContent card={card} handlers={handlers} changes={changes} />
      </ScrollArea>
      {(ready ?? card?.kind === 'running') && (
        <CardActions
          suggestion={ready?.suggestion ?? null}
          decision={ready?.decision ?? null}
          handlers={handlers}
        />
      )}
    </section>
  );
}

function CardContent({
  card,
  handlers,
  changes,
}: {
  readonly card: Card | null;
  readonly handlers: CardHandlers;
  readonly changes: ReactNode;
}) {
  if (card === null)
    return (
      <EmptyState icon={<MessageSquare aria-hidden />} title={text.noneTitle}>
        <p>{text.noneNext}</p>
      </EmptyState>
    );
  switch (card.kind) {
    case 'idle':
      return (
        <EmptyState icon={<MessageSquare aria-hidden />} title={text.idleTitle}>
          <p>{text.idleNext}</p>
        </EmptyState>
      );
    case 'waiting':
      return (
        <div role="group" aria-label={text.working} className="card-waiting">
          <Skeleton widths={[55, 80]} />
          <Skeleton widths={[30, 92, 84, 60]} />
        </div>
      );
    case 'running':
      return <RunningBody run={card.run} handlers={handlers} changes={changes} />;
    case 'ready':
      return (
        // A model's reply to the same message takes its place in the page as it stands.
        <ReadyBody key={card.suggestion.messageId} card={card} handlers={handlers} changes={changes} />
      );
    case 'cancelled':
      return (
        <div className="card-late">
          <EmptyState icon={<CirclePause aria-hidden />} title={text.cancelledTitle}>
            <p>{text.cancelledNext}</p>
            <Button onClick={handlers.retry}>{text.suggest}</Button>
            <BackButton onBack={handlers.restore} />
          </EmptyState>
        </div>
      );
    case 'failed':
      return (
        <EmptyState icon={<CircleAlert aria-hidden />} title={text.failedTitle}>
          <p>{card.error.message}</p>
          <p>{card.error.next}</p>
          {card.error.canRetry && <Button onClick={handlers.retry}>{text.retry}</Button>}
          <BackButton onBack={handlers.restore} />
        </EmptyState>
      );
    default:
      return assertNever(card, 'card');
  }
}

/** Where asking for another reply came to nothing, the one before is not lost. */
function BackButton({ onBack }: { readonly onBack: () => void }) {
  const hasVersion = useSuggestion(({ kept, activeId }) => (kept[activeId ?? '']?.length ?? 0) > 0);
  if (!hasVersion) return null;
  return (
    <Button icon={<Undo2 aria-hidden />} keyHint="Z" aria-keyshortcuts="z" onClick={onBack}>
      {strings.alternatives.backTo}
    </Button>
  );
}

function runIdOf(card: Card | null): string | null {
  switch (card?.kind) {
    case 'running':
      return card.run.runId;
    case 'ready':
      return card.suggestion.runId;
    case 'cancelled':
    case 'failed':
      return card.runId;
    default:
      return null;
  }
}

/** What a model does about the card; undefined where it has no part. */
function modelStateOf(card: ReadyCard | null): 'writing' | 'ended' | undefined {
  if (card?.modelRun) return 'writing';
  return card?.modelEnd ? 'ended' : undefined;
}
