import { TeamProfile } from '../../shared/domain/team.js';

/** A team that writes euros and the days of Amsterdam. */
export const teamProfile = TeamProfile.parse({
  ...{ id: 'test', name: 'Test', supportName: 'Test Support', languages: ['en'], currency: 'EUR' },
  ...{ timezone: 'Europe/Amsterdam', patterns: { orderId: 'HP-\\d{6}' }, products: [] },
  voice: { greeting: 'Hi', greetingUnknown: 'Hi', closing: 'Bye', signature: 'Us' },
  guardrails: { neverPromise: [], internalTerms: [] },
});
