import { expect, test } from 'vitest';

import { loadTeam } from '../workspace/team-loader.js';
import { joinFacts } from './join-facts.js';
import { unknownIntent } from './present-suggestion.js';

const team = loadTeam(new URL('../../resources/demo', import.meta.url).pathname, 'demo');
const state = (text: string, isClosing = false): Parameters<typeof joinFacts>[0] => ({
  customerIntent: { ...unknownIntent(text), language: 'en' },
  customerTurn: { text, earlierTexts: [], messageIds: ['m'], isElliptic: false, isClosing },
  warnings: [],
  search: { isAnswerable: false, confidence: 0.1, mode: 'hybrid' },
  toolCalls: [],
  orderQuestion: null,
  evidence: [],
});
const reasonAfter = (before: number, given = state('Do you sell boats?')): string | undefined =>
  joinFacts(given, team, before).customerIntent?.escalation?.reason;

// Catches: a customer who is left without an answer again and again, or handed over at the first.
test('a person takes over at the second message in a row without an answer', () => {
  expect([reasonAfter(0), reasonAfter(1), reasonAfter(4)]).toEqual([undefined, 'no_evidence', 'no_evidence']);
});

// Catches: a thanks, or a rule that fired already, overwritten by the count.
test('what needs no answer does not count, and a graver reason stays', () => {
  expect(reasonAfter(1, state('Thank you!', true))).toBeUndefined();
  const legal = { reason: 'legal' as const, label: 'Legal', words: ['sue'], team: 'Legal' };
  const upset = state('I sue you');
  expect(
    reasonAfter(1, {
      ...upset,
      customerIntent: { ...unknownIntent('I sue you'), language: 'en', escalation: legal },
    }),
  ).toBeUndefined();
});

// Catches: a policy nobody wrote.
test('a team whose policy does not count answers is left alone', () => {
  const rules = team.escalation.filter(({ reason }) => reason !== 'no_evidence');
  expect(
    joinFacts(state('Do you sell boats?'), { ...team, escalation: rules }, 5).customerIntent,
  ).toBeUndefined();
});

// Catches: a rule about what customers write that nobody is told of, or told of twice.
test("a lead's rule about customers' words is a warning, once", () => {
  const rule = {
    ...{ id: 'press', title: 'Press', match: 'words' as const, phrases: ['journalist'] },
    ...{ appliesTo: 'customer' as const, effect: 'warn' as const, message: 'Tell the press office.' },
  };
  const guardrails = {
    ...team.profile.guardrails,
    rules: [rule, { ...rule, id: 'other', appliesTo: 'reply' as const }],
  };
  const ruled = { ...team, profile: { ...team.profile, guardrails } };
  const warningsOf = (text: string): unknown => joinFacts(state(text), ruled).warnings;
  expect(warningsOf('I am a journalist. A journalist asks.')).toEqual([
    { code: 'guardrail', message: 'Press: Tell the press office.' },
  ]);
  expect(warningsOf('I am a plumber.')).toEqual([]);
});
