import type { PolicyFinding } from '../../shared/domain/action.js';

/** Whether a rule of the team forbids it. */
export const isBlocked = (findings: readonly PolicyFinding[]): boolean =>
  findings.some(({ effect }) => effect === 'blocks');

/** Whether a rule of the team wants a lead's approval besides the rep's. */
export const needsLead = (findings: readonly PolicyFinding[]): boolean =>
  findings.some(({ effect }) => effect === 'needs_lead');
