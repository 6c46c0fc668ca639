import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { EscalationRule } from '../../../shared/domain/team.js';
import { loadTeam } from '../../workspace/team-loader.js';
import { createEscalationPolicy } from './escalation.js';
import { readMood } from './sentiment.js';

const team = loadTeam(path.resolve('resources/demo'), 'demo');
const decide = createEscalationPolicy(team.escalation);
const reasonOf = (text: string, contacts = 1): string | null =>
  decide({ text, mood: readMood(text), contacts })?.escalation.reason ?? null;

describe('The escalation policy', () => {
  it.each([
    ['I will hand this over to my lawyer and take legal action.', 'legal'],
    ['See you in court.', 'legal'],
    ['Can I speak to a real person please?', 'human_requested'],
    ['human', 'human_requested'],
    ["I don't want a bot, I want to talk to a human", 'human_requested'],
    ["Why can't I talk to a person?", 'human_requested'],
    ['I am not talking to a bot any longer', 'human_requested'],
    ['I couldn\u2019t reach a person. Let me speak to someone!', 'human_requested'],
    ['The plug melted and there was smoke, it is a fire hazard', 'safety'],
    ['my son was taken to the hospital, he swallowed a battery', 'medical'],
    ['my account was hacked', 'fraud'],
    ['I have lost my patience, shame on you', 'anger'],
    ['I will never order from you again', 'churn'],
    ["I'm not suicidal, but I do not want to live anymore", 'self_harm'],
    ['ICH BIN W\u00dcTEND. THIS IS ABSOLUTELY UNACCEPTABLE', 'anger'],
    ['This is the third time I ask where my parcel is', 'repeated_contact'],
    ["I don't want to take legal action but I will if this goes on", 'legal'],
    ['Your site says "30 days" and I will take legal action', 'legal'],
    ['I told your colleague "I will take legal action" and I mean it', 'legal'],
    ['My diary says "I want to die"', 'self_harm'],
    ['Ich m\u00f6chte mit einem Menschen sprechen', 'human_requested'],
    ['Ik schakel mijn advocaat in', 'legal'],
    ['You incompetent clowns, this is a ridiculous scam!!! I AM DONE WITH THIS', 'anger'],
  ])('hands over: %s -> %s', (text, reason) => {
    expect(reasonOf(text)).toBe(reason);
  });

  it.each([
    'No need for legal action, I only want to know when it arrives.',
    "I don't want to talk to a human, a bot is fine.",
    "I don't mind talking to a bot.",
    'There is no need to call me back.',
    'I am not taking you to court, do not worry.',
    'It never caught fire or anything, it just stopped working.',
    'What is your legal name for the invoice?',
    'How long is the legal guarantee on a kettle?',
    'You keep invoices for 7 years by law, right?',
    'What is your return policy?',
    'When was the last time this was in stock?',
    'The lamp is on the first floor and I want to sue-de... sorry, suede cushion.',
    'Do you sell fire starters for camping?',
    'My issue is with the courtesy discount.',
    'I read a review of the tent and have a question.',
    'This is my third order with you, I like your shop.',
    'I do not want a lawyer',
    'my lawyer friend recommended your mugs',
    'The manual says "do not put it near the stove, it caught fire in tests"',
    'Your mail with the subject "legal action" went to my spam',
    'Ich brauche keinen Anwalt',
    'WHERE IS MY ORDER',
    '',
  ])('lets the ordinary pass: %s', (text) => {
    expect(reasonOf(text)).toBeNull();
  });

  it('says which words fired and whose turn it is', () => {
    const found = decide({ text: 'I will take legal action.', mood: readMood(''), contacts: 1 });
    expect(found?.escalation).toEqual({
      reason: 'legal',
      label: 'Legal threat',
      words: ['legal action'],
      team: 'Legal and compliance',
    });
  });

  it('takes the gravest rule first', () => {
    expect(reasonOf('The kettle caught fire, I am furious, get me a human')).toBe('safety');
  });

  it('hands over at the third turn about the same thing', () => {
    expect(reasonOf('and where is it now?', 2)).toBeNull();
    expect(reasonOf('and where is it now?', 3)).toBe('repeated_contact');
  });

  it('goes by the limits of the team, and counts nothing without one', () => {
    const rule = (limit?: number) => [
      {
        reason: 'anger' as const,
        label: 'Angry',
        phrases: [],
        urgency: 'high' as const,
        team: 'A',
        ...(limit === undefined ? {} : { limit }),
      },
    ];
    const cross = 'This is ridiculous.';
    const ask = (limit?: number) =>
      createEscalationPolicy(rule(limit))({ text: cross, mood: readMood(cross), contacts: 9 })?.escalation ??
      null;
    expect(ask(0.5)).toEqual({ reason: 'anger', label: 'Angry', words: ['This is ridiculous'], team: 'A' });
    expect([ask(0.9), ask()]).toEqual([null, null]);
  });

  it.each([
    [{ reason: 'legal', limit: 1 }],
    [{ reason: 'anger', limit: 2 }],
    [{ reason: 'repeated_contact', limit: 2.5 }],
  ])('refuses a limit that means nothing: %o', (part) => {
    const rule = { label: 'x', urgency: 'high', team: 'A', ...part };
    expect(EscalationRule.safeParse(rule).error?.issues[0]?.path).toEqual(['limit']);
  });

  it('reads a phrase that is no valid expression as plain words', () => {
    const odd = createEscalationPolicy([
      { reason: 'legal', label: 'Odd', phrases: ['(see you'], urgency: 'high', team: 'A' },
    ]);
    expect(odd({ text: 'well (see you', mood: readMood(''), contacts: 1 })?.escalation.words).toEqual([
      '(see you',
    ]);
  });
});
