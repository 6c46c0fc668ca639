import { setImmediate as eventLoopTurn } from 'node:timers/promises';

import type { StagePayload } from '../../../shared/contracts/ipc/suggestion.js';
import type { Evidence } from '../../../shared/domain/evidence.js';
import type { Warning } from '../../../shared/domain/suggestion.js';
import type { Fact, ToolCall } from '../../../shared/domain/tool-call.js';
import type { StageNode } from '../stage-runner.js';
import type { SourceArticle, StateUpdate } from '../state.js';
import { tidy } from '../text/text-spans.js';
import { screenArticle } from './screen-article.js';
import { screenText } from './screen-text.js';
import { namesOf } from './technique-names.js';
import type { InjectionTechnique } from './technique.js';

/** What a stage found, screened, and what the rep must know of it. */
interface Screened<T> {
  readonly value: T;
  readonly warnings: readonly Warning[];
}

/**
 * Puts screening behind a stage that brings texts of others into a run: passages, articles, records of business systems.
 *
 * - Passages keep their text for the rep; `instructions` says what in it speaks to an assistant.
 * - Articles a reply may be written from lose those places (spaces instead, so that all other places stay true).
 * - Facts lose those words; `original` keeps them for the rep.
 *
 * Each finding is a warning. A stage that failed brings nothing new.
 */
export function screened(node: StageNode): StageNode {
  return {
    stage: node.stage,
    async run(state, run) {
      const { update, payload } = await node.run(state, run);
      const clean = await screenUpdate(update);
      return { update: clean, payload: payload && samePayload(payload, clean) };
    },
    withoutIt: (state, run) => node.withoutIt(state, run),
  };
}

async function screenUpdate(update: StateUpdate): Promise<StateUpdate> {
  const warnings = [...(update.warnings ?? [])];
  const clean: StateUpdate = { ...update };
  if (update.evidence) {
    const found = update.evidence.map(screenEvidence);
    clean.evidence = found.map(({ value }) => value);
    warnings.push(...found.flatMap((one) => one.warnings));
  }
  if (update.similarCases) clean.similarCases = update.similarCases.map((one) => screenEvidence(one).value);
  if (update.sources) {
    const found: Screened<SourceArticle>[] = [];
    for (const source of update.sources) {
      found.push(await screenSource(source));
      await eventLoopTurn();
    }
    clean.sources = found.map(({ value }) => value);
    warnings.push(...found.flatMap((one) => one.warnings));
  }
  if (update.toolCalls) {
    const found = update.toolCalls.map(screenCall);
    clean.toolCalls = found.map(({ value }) => value);
    warnings.push(...found.flatMap((one) => one.warnings));
  }
  const isKnown = (warning: Warning, at: number): boolean =>
    warnings.findIndex(({ code, message }) => code === warning.code && message === warning.message) < at;
  return warnings.length === 0
    ? clean
    : { ...clean, warnings: warnings.filter((one, at) => !isKnown(one, at)) };
}

function screenEvidence(evidence: Evidence): Screened<Evidence> {
  const source = evidence.audience === 'internal' ? 'internal_article' : 'public_article';
  const { findings, techniques } = screenText(evidence.text, source);
  if (findings.length === 0) return { value: evidence, warnings: [] };
  const instructions = findings.map(({ start, end }) => ({ start, end })).sort((a, b) => a.start - b.start);
  return { value: { ...evidence, instructions }, warnings: [inArticle(evidence.articleTitle, techniques)] };
}

async function screenSource(source: SourceArticle): Promise<Screened<SourceArticle>> {
  const { text, techniques } = await screenArticle(source.markdown);
  return {
    value: { ...source, markdown: text },
    warnings: techniques.length === 0 ? [] : [inArticle(source.title, techniques)],
  };
}

function screenCall(call: ToolCall): Screened<ToolCall> {
  const techniques = new Set<InjectionTechnique>();
  const facts = call.facts.map((fact): Fact => {
    // A run that starts from what another found gets facts that were screened already.
    const written = fact.original ?? fact.value;
    const found = screenText(written, 'tool_result');
    if (found.findings.length === 0) return fact;
    for (const technique of found.techniques) techniques.add(technique);
    return fact.original === undefined ? { ...fact, value: tidy(found.text), original: written } : fact;
  });
  if (techniques.size === 0) return { value: call, warnings: [] };
  const message = `${call.title}: a record speaks to the assistant (${namesOf([...techniques])}). Those words were not used.`;
  return { value: { ...call, facts }, warnings: [{ code: 'instructions_in_record', message }] };
}

function inArticle(title: string, techniques: readonly InjectionTechnique[]): Warning {
  const message = `"${title}" speaks to the assistant (${namesOf(techniques)}). That part was not used; tell whoever looks after the article.`;
  return { code: 'instructions_in_article', message };
}

/** The card shows what the run goes on with. */
function samePayload(
  payload: StagePayload,
  { evidence, similarCases, toolCalls }: StateUpdate,
): StagePayload {
  if (payload.stage === 'retrieval')
    return {
      ...payload,
      evidence: [...(evidence ?? payload.evidence)],
      similarCases: [...(similarCases ?? payload.similarCases)],
    };
  return payload.stage === 'tools'
    ? { ...payload, toolCalls: [...(toolCalls ?? payload.toolCalls)] }
    : payload;
}
