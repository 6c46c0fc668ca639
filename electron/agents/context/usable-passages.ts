import type { Evidence } from '../../../shared/domain/evidence.js';

/**
 * Passages a reply may be written from, in the order a model should get them: those the local reply cites, then the others as the search
 * ranked them. Public and in force only: a model that never sees an internal text cannot repeat it.
 */
export function usablePassages(
  evidence: readonly Evidence[],
  today: string,
  citedIds: readonly string[] = [],
): Evidence[] {
  const usable = evidence.filter(
    ({ audience, validFrom, validUntil, text }) =>
      audience === 'public' &&
      (validFrom === null || validFrom <= today) &&
      (validUntil === null || validUntil >= today) &&
      text.trim() !== '',
  );
  const cited = new Set(citedIds);
  return [...usable.filter(({ id }) => cited.has(id)), ...usable.filter(({ id }) => !cited.has(id))];
}
