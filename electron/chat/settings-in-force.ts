import { noModels, type ModelLimits, type ModelSettings } from '../../shared/domain/model-settings.js';

/**
 * The models in force: the rep's own, else the team's. A release names no environment variables: whoever writes one could
 * have any of them sent to an address of their own. Limits of the team cannot be raised, only lowered.
 */
export function settingsInForce(own: ModelSettings | null, team: ModelSettings | null): ModelSettings {
  if (own === null) return team === null ? noModels : withoutVariables(team);
  return team === null ? own : { ...own, limits: stricter(own, team.limits) };
}

const withoutVariables = (team: ModelSettings): ModelSettings => ({
  ...team,
  connections: team.connections.map((connection) => ({ ...connection, keyVariable: null })),
});

function stricter({ limits: own, models }: ModelSettings, team: ModelLimits): ModelLimits {
  const least = (a: number | null, b: number | null): number | null =>
    a === null ? b : b === null ? a : Math.min(a, b);
  const hasTeamLimit = [team.dailyCostMicros, team.dailyTokens, team.dailyCalls].some(
    (limit) => limit !== null,
  );
  // The team's cheaper model counts only where it is among the rep's.
  const cheaper = models.some(({ id }) => id === team.cheaperModel) ? team.cheaperModel : own.cheaperModel;
  return {
    dailyCostMicros: least(own.dailyCostMicros, team.dailyCostMicros),
    dailyTokens: least(own.dailyTokens, team.dailyTokens),
    dailyCalls: least(own.dailyCalls, team.dailyCalls),
    atLimit: hasTeamLimit && own.atLimit === 'warn' ? team.atLimit : own.atLimit,
    cheaperModel: cheaper,
  };
}
