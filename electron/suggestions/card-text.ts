import type { Draft, DraftSentence } from '../../shared/domain/draft.js';
import type { Evidence } from '../../shared/domain/evidence.js';
import type { StepState } from '../../shared/domain/playbook.js';
import type { Suggestion } from '../../shared/domain/suggestion.js';
import { assertNever } from '../../shared/lib/assert-never.js';

const WIDTH = 100;

/** Writes a card out as plain text for a terminal: what the window shows, top to bottom, without colours. */
export function cardText(suggestion: Suggestion, customerName: string): string {
  const { intent, warnings, degradations, toolCalls, timings, totalMs } = suggestion;
  const percent = `${String(Math.round(intent.probability * 100))} %`;
  const head = [
    `${intent.name} (${intent.confidence}, ${percent})`,
    intent.sentiment,
    `${intent.urgency} urgency`,
    intent.language,
  ].join(' · ');
  const entities = intent.entities.map((entity) => `${entity.kind} ${entity.value}`);
  const lines = [
    rule(`${customerName} · ${suggestion.conversationId}`),
    `Intent     ${head}`,
    ...(entities.length > 0 ? [`Entities   ${[...new Set(entities)].join(', ')}`] : []),
    ...warnings.map((warning) => `Warning    ${warning.message}`),
    ...degradations.map((degradation) => `Degraded   ${degradation.stage}: ${degradation.message}`),
    ...toolCalls.map(
      (call) =>
        `${call.id.padEnd(10)} ${call.title} [${call.status}] ${
          call.facts.map((fact) => `${fact.label}: ${fact.value}`).join('; ') || call.detail
        }`,
    ),
    '',
    ...outcomeLines(suggestion),
    ...playbookLines(suggestion),
    '',
    `Time       ${timings.map(({ stage, durationMs }) => `${stage} ${durationMs.toFixed(0)} ms`).join(' · ')} · total ${totalMs.toFixed(0)} ms`,
  ];
  return lines.join('\n') + '\n';
}

const MARKS: Record<StepState, string> = { done: '[x]', open: '[ ]', not_needed: '[-]' };

function playbookLines({ playbook }: Suggestion): string[] {
  if (!playbook) return [];
  return [
    `Playbook   ${playbook.title}`,
    ...playbook.steps.map(({ state, words, detail, toJudge }) =>
      [
        `  ${MARKS[state]} ${words}`,
        ...(toJudge === null ? [] : [`(only if: ${toJudge})`]),
        ...(detail === '' ? [] : [`(${detail})`]),
      ].join(' '),
    ),
  ];
}

function outcomeLines(suggestion: Suggestion): string[] {
  switch (suggestion.outcome) {
    case 'reply': {
      const { draft, critique, evidence } = suggestion;
      const support = new Map(critique.sentences.map((sentence) => [sentence.sentenceId, sentence.support]));
      const claims = draft.sentences.filter((sentence) => sentence.role === 'claim');
      const supported = claims.filter((sentence) => support.get(sentence.id) === 'supported').length;
      return [
        `Reply      ${String(supported)} of ${String(claims.length)} claims supported`,
        ...draftLines(draft),
        ...evidence.map(evidenceLine),
      ];
    }
    case 'withheld':
      return [
        `Withheld   ${suggestion.message}`,
        ...(suggestion.evidence.length > 0 ? ['Closest passages:'] : []),
        ...suggestion.evidence.map(evidenceLine),
        ...(suggestion.question ? ['Question to ask:', ...draftLines(suggestion.question)] : []),
      ];
    case 'escalated':
      return [
        `Escalated  ${suggestion.handover.reason} -> ${suggestion.handover.team}`,
        ...suggestion.handover.note.split('\n').map((line) => `  ${line}`),
        ...(suggestion.holdingReply ? ['Holding reply:', ...draftLines(suggestion.holdingReply)] : []),
      ];
    default:
      return assertNever(suggestion, 'outcome');
  }
}

function draftLines(draft: Draft): string[] {
  return draft.sentences.map((sentence) => `  ${sentence.text}${citationText(sentence)}`);
}

function citationText({ citations }: DraftSentence): string {
  if (citations.length === 0) return '';
  const names = citations.map((citation) => {
    switch (citation.kind) {
      case 'evidence':
        return citation.evidenceId;
      case 'tool':
        return citation.toolCallId;
      case 'macro':
        return `macro ${citation.macroId}`;
      default:
        return assertNever(citation, 'citation');
    }
  });
  return ` [${[...new Set(names)].join(', ')}]`;
}

function evidenceLine({ id, articleTitle, headingPath, audience, span }: Evidence): string {
  const place = [articleTitle, ...headingPath].join(' > ');
  const mark = audience === 'internal' ? ' (internal)' : '';
  return `${id.padEnd(4)} ${place}${mark} [${String(span.start)}-${String(span.end)}]`;
}

function rule(title: string): string {
  return `── ${title} ${'─'.repeat(Math.max(3, WIDTH - title.length - 4))}`;
}
