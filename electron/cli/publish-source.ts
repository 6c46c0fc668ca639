import type { Team } from '../../shared/domain/team.js';
import type { VectorEncoding } from '../../shared/domain/release.js';
import { itemsOf, type TeamItem } from '../../release/team-segments.js';
import type { PublishableKnowledge } from '../knowledge/release/publishable-knowledge.js';
import type { Unread } from '../publishing/removals.js';
import type { WorkspaceSource } from '../publishing/workspace-release.js';
import { emptyTeam } from '../workspace/team-loader.js';

/** Which keys each file of a team decides about. */
const SPEAKS_OF: Readonly<Record<keyof Team, RegExp>> = {
  profile: /^team\/profile$/,
  intents: /^intent\//,
  macros: /^macro\//,
  escalation: /^team\/escalation$/,
  outOfScope: /^team\/out-of-scope$/,
  prompts: /^prompt\//,
  policies: /^policy\//,
  playbooks: /^playbook\//,
  toolServers: /^tool-server\//,
};

/** What of a team there are files for, as it is published; what there is no file for stays as it is on the hub. */
export function publishSource(
  knowledge: PublishableKnowledge,
  encoding: VectorEncoding,
  team: Partial<Team>,
  unread: Unread | null = null,
): WorkspaceSource {
  const patterns = (Object.keys(team) as (keyof Team)[]).map((file) => SPEAKS_OF[file]);
  const speaksOf = (key: string): boolean => patterns.some((pattern) => pattern.test(key));
  return {
    embedder: knowledge.embedder && { ...knowledge.embedder, encoding },
    count: knowledge.articles,
    articles: (ids) => knowledge.segments(encoding, ids),
    graphs: (onProgress, signal) => knowledge.graphs({ onProgress, signal }),
    items: itemsOfFiles(team),
    ...{ speaksOf, unread },
  };
}

function itemsOfFiles(team: Partial<Team>): TeamItem[] {
  const none: Team = { ...emptyTeam(''), intents: [], macros: [] };
  const isThere: Readonly<Record<string, boolean>> = {
    profile: team.profile !== undefined,
    escalation: team.escalation !== undefined,
    'out-of-scope': team.outOfScope !== undefined,
  };
  return itemsOf({ ...none, ...team }).filter(({ kind }) => isThere[kind] ?? true);
}
