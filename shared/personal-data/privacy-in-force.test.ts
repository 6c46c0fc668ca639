import { expect, it } from 'vitest';

import {
  defaultPrivacy,
  PersonalKind,
  PrivacyMode,
  type PrivacySettings,
  type TeamPrivacy,
} from '../domain/personal-data.js';
import { isLaxer, privacyInForce, teamLeast } from './privacy-in-force.js';

const own = (mode: PrivacyMode, kinds: PrivacySettings['kinds'] = {}): PrivacySettings => ({
  ...{ ...defaultPrivacy, mode, kinds },
});
const team = (mode: PrivacyMode, kinds: TeamPrivacy['kinds'] = {}): TeamPrivacy => ({ mode, kinds });

it('leaves everything to the rep where the team asks for nothing', () => {
  const settings = own('as_is', { card: 'block' });
  expect(privacyInForce(settings, null)).toBe(settings);
});

it.each([
  ['as_is', 'anonymise', 'anonymise'],
  ['as_is', 'block', 'block'],
  ['anonymise', 'as_is', 'anonymise'],
  ['block', 'anonymise', 'block'],
] as const)('own %s and the team %s make %s', (mine, theirs, expected) => {
  expect(privacyInForce(own(mine), team(theirs)).mode).toBe(expected);
});

it('takes the stricter for each kind', () => {
  const settings = own('as_is', { card: 'block', order: 'as_is', name: 'as_is' });
  expect(privacyInForce(settings, team('anonymise', { order: 'as_is', iban: 'block' }))).toMatchObject({
    mode: 'anonymise',
    kinds: { card: 'block', order: 'as_is', iban: 'block' },
  });
});

// Catches: a combination that lets more leave than the team allows, or than the rep chose.
it('is never laxer than either, whatever both say', () => {
  const choices = [undefined, ...PrivacyMode.options];
  for (const mine of PrivacyMode.options)
    for (const theirs of PrivacyMode.options)
      for (const mineForNames of choices)
        for (const theirsForNames of choices) {
          const settings = own(mine, mineForNames ? { name: mineForNames } : {});
          const least = team(theirs, theirsForNames ? { name: theirsForNames } : {});
          const inForce = privacyInForce(settings, least);
          for (const kind of PersonalKind.options) {
            const mode = inForce.kinds[kind] ?? inForce.mode;
            const chosen = settings.kinds[kind] ?? settings.mode;
            expect([isLaxer(mode, teamLeast(least, kind)), isLaxer(mode, chosen)]).toEqual([false, false]);
          }
        }
});
