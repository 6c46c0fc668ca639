import { useState, type ReactNode } from 'react';

import { assertNever } from '../../../shared/lib/assert-never.js';
import { strings } from '../../app/strings.js';
import { Chip } from '../../ui/chip.js';
import { Section } from '../../ui/section.js';
import { Skeleton } from '../../ui/skeleton.js';
import type { CardHandlers } from './card-handlers.js';
import type { ReadyCard, RunProgress } from './card-state.js';
import { finishedStages, runningStages } from './card-view.js';
import { EvidenceList } from './evidence-list.js';
import { HandoverPanel } from './handover-panel.js';
import { IntentHeader } from './intent-header.js';
import { ModelBeside, Reply, ReplySection } from './reply-section.js';
import { SimilarCases } from './similar-cases.js';
import { StageStrip } from './stage-strip.js';
import { ToolFacts } from './tool-facts.js';
import { WarningList } from './warning-list.js';
import { WithheldPanel } from './withheld-panel.js';

/** A run that is still going: each part appears when its stage has brought it. */
export function RunningBody({
  run,
  handlers,
  changes,
}: {
  readonly changes: ReactNode;
  readonly run: RunProgress;
  readonly handlers: CardHandlers;
}) {
  const { intent, evidence, toolCalls, sentences } = run;
  const [highlighted, setHighlighted] = useState<readonly string[]>([]);
  return (
    <>
      {intent ? <IntentHeader intent={intent} /> : <Skeleton widths={[55, 80]} />}
      <StageStrip rows={runningStages(run)} totalMs={null} />
      <Section title={strings.reply.title} aside={<Chip>{strings.reply.streaming}</Chip>}>
        <Reply
          sentences={sentences}
          critique={null}
          evidence={evidence ?? []}
          toolCalls={toolCalls ?? []}
          onHighlight={setHighlighted}
          handlers={handlers}
        />
        <Skeleton widths={sentences.length === 0 ? [30, 92, 84, 60] : [45]} />
      </Section>
      {changes}
      <ToolFacts toolCalls={toolCalls ?? []} highlighted={highlighted} />
      {evidence && (
        <EvidenceList
          title={strings.evidence.title}
          evidence={evidence}
          highlighted={highlighted}
          onOpen={(item) => handlers.openSource(item, null)}
        />
      )}
    </>
  );
}

interface ReadyBodyProps {
  readonly card: ReadyCard;
  readonly handlers: CardHandlers;
  readonly changes: ReactNode;
}

/** A finished suggestion, whatever it came to. */
export function ReadyBody({ card, handlers, changes }: ReadyBodyProps) {
  const { suggestion } = card;
  const { intent, warnings, degradations, evidence, similarCases, toolCalls, totalMs } = suggestion;
  const [highlighted, setHighlighted] = useState<readonly string[]>([]);
  const isWithheld = suggestion.outcome === 'withheld';
  return (
    <>
      <IntentHeader intent={intent} />
      <StageStrip rows={finishedStages(suggestion)} totalMs={totalMs} />
      <WarningList warnings={warnings} degradations={degradations} />
      <Outcome card={card} handlers={handlers} onHighlight={setHighlighted} />
      {changes}
      <ToolFacts toolCalls={toolCalls} highlighted={highlighted} />
      {(evidence.length > 0 || isWithheld) && (
        <EvidenceList
          title={isWithheld ? strings.evidence.closest : strings.evidence.title}
          evidence={evidence}
          highlighted={highlighted}
          onOpen={(item) => handlers.openSource(item, null)}
          {...(isWithheld ? { onInsert: handlers.insertPassage } : {})}
        />
      )}
      <SimilarCases cases={similarCases} onOpen={(item) => handlers.openSource(item, null)} />
    </>
  );
}

interface OutcomeProps {
  readonly card: ReadyCard;
  readonly handlers: CardHandlers;
  readonly onHighlight: (ids: readonly string[]) => void;
}

function Outcome({ card, handlers, onHighlight }: OutcomeProps) {
  const { suggestion } = card;
  const { evidence, toolCalls } = suggestion;
  const shared = { evidence, toolCalls, handlers, onHighlight };
  switch (suggestion.outcome) {
    case 'reply':
      return <ReplySection suggestion={suggestion} card={card} {...shared} />;
    case 'withheld':
      return (
        <>
          <WithheldPanel suggestion={suggestion} />
          <ModelBeside card={card} {...shared} />
          {suggestion.question && (
            <Section title={strings.withheld.question}>
              <Reply sentences={suggestion.question.sentences} critique={null} {...shared} />
            </Section>
          )}
        </>
      );
    case 'escalated':
      return (
        <>
          <HandoverPanel suggestion={suggestion} />
          <ModelBeside card={card} {...shared} />
          {suggestion.holdingReply && (
            <Section title={strings.reply.holding}>
              <Reply sentences={suggestion.holdingReply.sentences} critique={null} {...shared} />
            </Section>
          )}
        </>
      );
    default:
      return assertNever(suggestion, 'outcome');
  }
}
