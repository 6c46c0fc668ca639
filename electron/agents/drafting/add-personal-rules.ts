import { stemSet } from '../text/words.js';
import type { Candidate } from './candidate.js';
import { readPeriod } from './deadlines.js';
import { saysTheSame } from './overlap.js';

/** How well a special rule must answer one of the questions to be said. */
const PERSONAL_ANSWERS = 0.22;
const RESTRICTION_ANSWERS = 0.26;
const MAX_PERSONAL = 2;
/** And how close to the best unit it must come. */
const PERSONAL_SHARE = 0.6;
/** Stems every rule about a period has. */
const EVERYDAY = stemSet('day days delivery order orders item items us');

/**
 * Adds the special rules of this customer: the general rule alone would be wrong for them. Where one says no, general rules about
 * periods go: "30 days to return" is not true of goods that cannot be returned.
 */
export function withPersonalRules(
  chosen: readonly Candidate[],
  ranked: readonly Candidate[],
): readonly Candidate[] {
  const isPeriod = ({ unit }: Candidate): boolean => readPeriod(unit.text) !== null;
  const isAsked = (candidate: Candidate): boolean =>
    Math.max(...candidate.perQuestion) >= (candidate.isRestriction ? RESTRICTION_ANSWERS : PERSONAL_ANSWERS);
  const periods = chosen.filter(isPeriod);
  // "Until 31 January" is about the period that is said only when both are about, say, returning.
  const isSameRule = ({ stems, around }: Candidate): boolean =>
    periods.some((period) =>
      [...period.stems].some((stem) => !EVERYDAY.has(stem) && (stems.has(stem) || around.has(stem))),
    );
  const floor = PERSONAL_SHARE * Math.max(...chosen.map(({ score }) => score));
  const added: Candidate[] = [];
  for (const candidate of ranked) {
    if (!candidate.isPersonal || chosen.includes(candidate) || added.length >= MAX_PERSONAL) continue;
    const isDue = candidate.isSeasonal
      ? isSameRule(candidate)
      : isAsked(candidate) && candidate.score >= floor;
    if (!isDue) continue;
    if (![...chosen, ...added].some((other) => other.isPersonal && saysTheSame(other, candidate)))
      added.push(candidate);
  }
  const all = [...added, ...chosen.filter((one) => !added.some((other) => saysTheSame(one, other)))];
  const restricted = new Set(all.filter(({ isRestriction }) => isRestriction).map(({ article }) => article));
  if (restricted.size === 0) return all;
  return all.filter((one) => one.isRestriction || (restricted.has(one.article) && !isPeriod(one)));
}
