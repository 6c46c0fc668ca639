import type { TeamState } from '../features/team/team-store.js';

/** Whether this computer's member may do what leads do. */
export const isLead = (status: TeamState['status']): boolean =>
  status?.kind === 'joined' && status.role !== 'rep';
