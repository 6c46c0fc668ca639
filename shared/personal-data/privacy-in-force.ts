import {
  PersonalKind,
  type PrivacyMode,
  type PrivacySettings,
  type TeamPrivacy,
} from '../domain/personal-data.js';

const STRICTNESS: Readonly<Record<PrivacyMode, number>> = { as_is: 0, anonymise: 1, block: 2 };

/** Whether `mode` lets more leave than `least` allows. */
export const isLaxer = (mode: PrivacyMode, least: PrivacyMode): boolean =>
  STRICTNESS[mode] < STRICTNESS[least];

const stricter = (one: PrivacyMode, other: PrivacyMode): PrivacyMode => (isLaxer(one, other) ? other : one);

/** What the team asks for at least: as a whole, or for one kind. Without a team anything goes. */
export const teamLeast = (team: TeamPrivacy | null, kind?: PersonalKind): PrivacyMode =>
  (kind && team?.kinds[kind]) ?? team?.mode ?? 'as_is';

/**
 * What holds on this computer: for each kind the stricter of the rep's choice and the team's. A kind for which the team asks for less than
 * for the rest is the rep's to decide down to that.
 */
export function privacyInForce(own: PrivacySettings, team: TeamPrivacy | null): PrivacySettings {
  if (team === null) return own;
  const mode = stricter(own.mode, team.mode);
  const kinds = PersonalKind.options.flatMap((kind) => {
    const chosen = stricter(own.kinds[kind] ?? own.mode, teamLeast(team, kind));
    return chosen === mode ? [] : [[kind, chosen] as const];
  });
  return { ...own, mode, kinds: Object.fromEntries(kinds) };
}
