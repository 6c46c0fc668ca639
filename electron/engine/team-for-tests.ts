import { noBrandRules, type Team } from '../../shared/domain/team.js';

/** A team small enough to train in a blink. */
export const teamForTests: Team = {
  profile: {
    id: 'test',
    name: 'Test',
    supportName: 'Test Support',
    languages: ['en'],
    currency: 'EUR',
    timezone: 'UTC',
    patterns: { orderId: 'HP-\\d{6}' },
    products: [],
    voice: { greeting: 'Hi', greetingUnknown: 'Hi', closing: 'Bye', signature: 'Us' },
    guardrails: {
      ...{ neverPromise: [], internalTerms: [], rules: [], competitors: [] },
      brand: noBrandRules,
    },
  },
  intents: [
    {
      id: 'return_item',
      name: 'Return an item',
      description: 'The customer wants to send something back.',
      examples: [
        'How do I return a lamp?',
        'I want to send this back',
        'can i return my order',
        'I would like to return the blanket I bought',
      ],
      tools: [],
    },
    {
      id: 'order_status',
      name: 'Where is my order',
      description: 'The customer wants to know where a parcel is.',
      examples: [
        'Where is my parcel?',
        'When will my order arrive?',
        'track my order',
        'Has my package been shipped yet?',
      ],
      tools: [],
    },
  ],
  outOfScope: ['Tell me a joke', 'What is the weather like?', 'Who won the match?'],
  macros: [],
  escalation: [],
  prompts: [],
  policies: [],
  toolServers: [],
  playbooks: [],
};
