import type { ProposedChange } from '../domain/action.js';
import type { Playbook, PlaybookProgress, PlaybookStep, StepProgress } from '../domain/playbook.js';
import type { ToolCall } from '../domain/tool-call.js';
import { readCondition } from '../policy/condition.js';
import { judge, type Verdict } from '../policy/judge-condition.js';
import { factsOf } from './facts-of-calls.js';

/** What of a run steps are judged by. */
export interface StepEvidence {
  readonly toolCalls: readonly ToolCall[];
  readonly proposals: readonly ProposedChange[];
  /** The team's. */
  readonly currency: string;
}

type Judged = Pick<StepProgress, 'state' | 'by' | 'detail' | 'toJudge'>;

/**
 * How far a playbook is, by what was looked up and done. Pure; asks no model.
 *
 * A step whose condition surely does not hold is not needed. One whose condition is in words, or of facts that are not known, stays open for
 * the rep to judge. A change counts when it was made, whatever its condition says.
 */
export function playbookProgress(playbook: Playbook, evidence: StepEvidence): PlaybookProgress {
  return {
    ...{ intent: playbook.intent, title: playbook.title },
    steps: playbook.steps.map((step) => ({
      ...{ id: step.id, words: step.words, tool: step.tool ?? null },
      ...progressOf(step, evidence),
    })),
  };
}

function progressOf(step: PlaybookStep, evidence: StepEvidence): Judged {
  const { tool, onlyIf, doneWhen } = step;
  const calls = tool === undefined ? [] : evidence.toolCalls.filter((call) => call.tool === tool);
  const worked = calls.filter(({ status }) => status === 'succeeded');
  const [call] = worked;
  const isMade = worked.some(({ risk }) => risk === 'write');
  if (call && isMade) return done('change', names(worked));
  const applies = onlyIf === undefined ? ({ holds: true } as const) : verdictOf(onlyIf, evidence);
  const toJudge = onlyIf !== undefined && applies?.holds !== true ? onlyIf : null;
  if (applies?.holds === false)
    return { state: 'not_needed', by: 'facts', detail: reasonOf(onlyIf ?? '', evidence), toJudge: null };
  if (call) return done('look_up', names(worked));
  const shown = doneWhen === undefined ? null : verdictOf(doneWhen, evidence);
  if (shown?.holds === true) return done('facts', reasonOf(doneWhen ?? '', evidence));
  return { state: 'open', by: null, detail: whyOpen(step, evidence, [applies, shown]), toJudge };
}

const done = (by: NonNullable<StepProgress['by']>, detail: string): Judged => ({
  ...{ state: 'done', by, detail, toJudge: null },
});

const names = (calls: readonly ToolCall[]): string => [...new Set(calls.map(({ id }) => id))].join(', ');

/** Null where the condition is words and not one that code reads. */
function verdictOf(source: string, { toolCalls, currency }: StepEvidence): Verdict | null {
  const read = readCondition(source);
  if (!read.ok) return null;
  const { valueOf, isAnswered } = factsOf(toolCalls);
  return judge(read.comparisons, { valueOf, currency, isAnswered });
}

/** The facts a condition went by, as a person reads them: `Since delivery: 41 days`. */
function reasonOf(source: string, { toolCalls }: StepEvidence): string {
  const read = readCondition(source);
  const { valueOf, labelOf } = factsOf(toolCalls);
  const keys = read.ok ? [...new Set(read.comparisons.map(({ key }) => key))] : [];
  const known = keys.flatMap((key) => {
    const value = valueOf(key);
    return value === null ? [] : [`${labelOf(key)}: ${value}`];
  });
  return known.length > 0 ? known.join('; ') : source;
}

function whyOpen(
  { tool }: PlaybookStep,
  { toolCalls, proposals }: StepEvidence,
  verdicts: readonly (Verdict | null)[],
): string {
  const ended = toolCalls.find((call) => call.tool === tool && call.detail !== '');
  if (ended) return `${ended.id}: ${ended.detail}`;
  if (tool !== undefined && proposals.some((change) => change.tool === tool)) return 'Waits under Changes.';
  const unknown = verdicts.find((verdict) => verdict?.holds === 'unknown');
  return unknown?.holds === 'unknown' ? `Could not be checked: ${unknown.why}.` : '';
}
