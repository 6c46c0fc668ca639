import type { Team } from '../../shared/domain/team.js';
import { silentLogger } from '../../shared/lib/logger.js';
import { createEngineClient } from '../engine/engine-client.js';
import type { Engine } from '../engine/engine.js';
import type { SearchRequest } from '../knowledge/knowledge-base.js';
import type { ResourceLocations } from '../workspace/locations.js';
import { loadTeam } from '../workspace/team-loader.js';

/** Starts the engine worker on a workspace for a team without intents: training is another bench. */
export function startBenchEngine(workspaceDir: string, resources: ResourceLocations): Engine {
  const demo = loadTeam(resources.demoDir, 'bench');
  const team: Team = { ...demo, intents: [], outOfScope: [] };
  return createEngineClient({
    workerFile: resources.engineWorkerFile,
    options: { workspaceDir, embedderDir: resources.embedderDir, team },
    log: silentLogger,
  });
}

/** A question as the bench asks it. */
export const benchRequest = (query: string, more: Partial<SearchRequest> = {}): SearchRequest => ({
  query,
  limit: 5,
  audiences: ['public', 'internal'],
  language: 'en',
  ...more,
});
