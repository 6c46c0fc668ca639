import { DraftContent } from '../shared/domain/draft-item.js';
import { keyOf } from '../shared/domain/item-key.js';
import type { SegmentKey } from '../shared/domain/release.js';
import type { Team } from '../shared/domain/team.js';
import { AppErrorException } from '../shared/errors/app-error.js';
import { readArticle } from './article-segment.js';
import { canonicalJson } from './canonical-json.js';

/** Everything of a release that is written as plain JSON: all but articles, graphs and the evaluation report. */
export type TeamItem = Exclude<DraftContent, { kind: 'article' }>;

/** The content of an item's segment: canonical JSON. */
export function encodeItem(item: TeamItem): Buffer {
  return Buffer.from(canonicalJson(DraftContent.parse(item)));
}

/** Reads any segment a person may edit. @throws AppErrorException RELEASE_DAMAGED when it cannot be read or is not what its key says. */
export function decodeItem(key: SegmentKey, content: Buffer): DraftContent {
  if (key.startsWith('article/')) return fitting(key, { kind: 'article', article: readArticle(content) });
  let value: unknown;
  try {
    value = JSON.parse(content.toString('utf8'));
  } catch (cause) {
    throw new AppErrorException('RELEASE_DAMAGED', `${key} cannot be read`, { cause });
  }
  const parsed = DraftContent.safeParse(value);
  if (!parsed.success) throw new AppErrorException('RELEASE_DAMAGED', `${key} cannot be read`);
  return fitting(key, parsed.data);
}

function fitting(key: SegmentKey, content: DraftContent): DraftContent {
  if (keyOf(content) === key) return content;
  throw new AppErrorException('RELEASE_DAMAGED', `${key} holds ${keyOf(content)}`);
}

/** Whether a segment says what the team is: what an app needs besides articles, graphs and reports. */
export const isTeamKey = (key: SegmentKey): boolean =>
  /^(intent|macro|team|prompt|policy|playbook|tool-server)\//.test(key);

/** All items of a team but its articles, in the order of their keys. */
export function itemsOf(team: Team): TeamItem[] {
  return [
    ...team.intents.map((intent) => ({ kind: 'intent' as const, intent })),
    ...team.macros.map((macro) => ({ kind: 'macro' as const, macro })),
    ...team.prompts.map((prompt) => ({ kind: 'prompt' as const, prompt })),
    ...team.policies.map((policy) => ({ kind: 'policy' as const, policy })),
    ...team.playbooks.map((playbook) => ({ kind: 'playbook' as const, playbook })),
    ...team.toolServers.map((toolServer) => ({ kind: 'tool-server' as const, toolServer })),
    { kind: 'profile', profile: team.profile },
    { kind: 'escalation', escalation: team.escalation },
    { kind: 'out-of-scope', outOfScope: team.outOfScope },
  ];
}

/**
 * The team that items make; what a release leaves out is taken from `otherwise`. Intents and macros come in the order of their ids:
 * a release knows no other.
 */
export function teamOf(items: Iterable<DraftContent>, otherwise: Team): Team {
  const all = [...items];
  const one = <K extends DraftContent['kind']>(kind: K) =>
    all.filter((item): item is Extract<DraftContent, { kind: K }> => item.kind === kind);
  return {
    profile: one('profile')[0]?.profile ?? otherwise.profile,
    intents: one('intent')
      .map(({ intent }) => intent)
      .sort(byId),
    macros: one('macro')
      .map(({ macro }) => macro)
      .sort(byId),
    escalation: one('escalation')[0]?.escalation ?? otherwise.escalation,
    outOfScope: one('out-of-scope')[0]?.outOfScope ?? otherwise.outOfScope,
    prompts: one('prompt').map(({ prompt }) => prompt),
    policies: one('policy').map(({ policy }) => policy),
    playbooks: one('playbook').map(({ playbook }) => playbook),
    toolServers: one('tool-server').map(({ toolServer }) => toolServer),
  };
}

/**
 * The team in force with a release: what its items make, or, where it says neither intents nor macros nor who the team is (a release of
 * knowledge and rules alone), the team of the folder with the release's prompts, policies, playbooks and tool servers in place of its own.
 */
export function teamInForce(items: readonly DraftContent[], ofFolder: Team): Team {
  const released = teamOf(items, ofFolder);
  if (items.some((item) => /^(intent|macro|team)\//.test(keyOf(item)))) return released;
  return {
    ...ofFolder,
    prompts: laidOver(ofFolder.prompts, released.prompts, ({ stage }) => stage),
    policies: laidOver(ofFolder.policies, released.policies, ({ tool }) => tool),
    playbooks: laidOver(ofFolder.playbooks, released.playbooks, ({ intent }) => intent),
    toolServers: laidOver(ofFolder.toolServers, released.toolServers, ({ name }) => name),
  };
}

function laidOver<T>(before: readonly T[], over: readonly T[], nameOf: (item: T) => string): T[] {
  const named = new Set(over.map(nameOf));
  return [...before.filter((item) => !named.has(nameOf(item))), ...over];
}

const byId = (a: { readonly id: string }, b: { readonly id: string }): number =>
  a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
