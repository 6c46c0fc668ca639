import type { CritiqueIssue } from '../../../shared/domain/critique.js';
import type { Evidence } from '../../../shared/domain/evidence.js';
import { sameMeasure } from '../text/measures.js';
import { align } from './alignment.js';
import { directionOf } from './check-contradiction.js';
import { orderStep } from './check-record.js';
import type { EvidencePool, PoolUnit } from './evidence-pool.js';
import { issueOf } from './issue.js';
import { readStatement } from './statement.js';

/** Two passages this close speak of the same thing. */
const SAME_RECALL = 0.8;
const SAME_SHARE = 0.6;
/** The opposite of a sentence says hardly anything else. */
const SAME_SAID = 0.75;
const MAX_CHECKED = 8;

/**
 * Places where what the draft stands on is contradicted by something else that was found: another current article with another number or
 * the opposite, or a fact of the order that a rule comes too late for.
 * @param decisive the units the draft's sentences were decided by.
 */
export function checkConflicts(
  decisive: readonly PoolUnit[],
  { units }: EvidencePool,
  evidence: readonly Evidence[],
): CritiqueIssue[] {
  const passages = units.filter(({ kind, isOutdated }) => kind === 'passage' && !isOutdated);
  const issues = decisive
    .filter(({ kind }) => kind === 'passage')
    .slice(0, MAX_CHECKED)
    .flatMap((unit) => {
      const other = passages.find((one) => one.articleId !== unit.articleId && disagree(unit, one));
      if (!other) return [];
      const [here, there] = [unit, other].map((one) => titleOf(one, evidence));
      return [
        issueOf(
          'sources_conflict',
          `"${here ?? ''}" and "${there ?? ''}" disagree: "${unit.text}" and "${other.text}"`,
        ),
      ];
    });
  return issues.slice(0, 1);
}

function disagree(unit: PoolUnit, other: PoolUnit): boolean {
  const { recall, share } = align(unit, other);
  if (recall < SAME_RECALL || share < SAME_SHARE || unit.content.length < 3) return false;
  const rivals = unit.measures.filter((one) => other.measures.some((own) => own.unit === one.unit));
  const isOtherNumber =
    rivals.length > 0 && rivals.every((one) => !other.measures.some((own) => sameMeasure(own, one)));
  if (isOtherNumber) return true;
  // A rule with a number and an exception without one speak of two things.
  const areAlike = unit.measures.length === 0 || rivals.length > 0;
  return (
    areAlike &&
    share >= SAME_SAID &&
    directionOf(unit, other, unit).contradiction?.kind === 'negation_differs'
  );
}

function titleOf({ citation }: PoolUnit, evidence: readonly Evidence[]): string | undefined {
  return citation.kind === 'evidence'
    ? evidence.find(({ id }) => id === citation.evidenceId)?.articleTitle
    : undefined;
}

/** "You can cancel until it is packed", to a customer whose order is on its way. */
export function checkTooLate(texts: readonly string[], facts: readonly PoolUnit[]): CritiqueIssue[] {
  const reached = orderStep(facts);
  if (reached === null) return [];
  const late = texts.find((text) => {
    const { relations, negations } = readStatement(text);
    return (
      negations.length === 0 &&
      relations.some(({ order, event }) => order === 'before' && (STEP_OF[event] ?? Infinity) <= reached.step)
    );
  });
  return late === undefined
    ? []
    : [
        issueOf(
          'sources_conflict',
          `The order has the status "${reached.text}"; "${late}" holds only before that.`,
        ),
      ];
}

const STEP_OF: Readonly<Record<string, number>> = { packing: 1, shipping: 2, delivery: 3 };
