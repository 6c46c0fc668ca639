import { expect, it } from 'vitest';

import { Team } from '../shared/domain/team.js';
import { decodeItem, encodeItem, isTeamKey, itemsOf, teamInForce, teamOf } from './team-segments.js';
import { keyOf } from '../shared/domain/item-key.js';

const plain = Team.parse({
  profile: {
    ...{ id: 'test', name: 'Test', supportName: 'Test Support', languages: ['en'], currency: 'EUR' },
    ...{ timezone: 'UTC', patterns: { orderId: 'HP-\\d{6}' }, products: [] },
    voice: { greeting: 'Hi', greetingUnknown: 'Hi', closing: 'Bye', signature: 'Us' },
    guardrails: { neverPromise: [], internalTerms: [] },
  },
  ...{ intents: [], outOfScope: [], macros: [], escalation: [] },
});
const team: Team = {
  ...plain,
  playbooks: [
    {
      ...{ intent: 'return_item', title: 'Return' },
      steps: [{ id: 'order', words: 'Look it up.', tool: 'look_up_order', onlyIf: 'in words' }],
    },
  ],
  toolServers: [{ name: 'files', title: 'Files', command: 'mcp-files', args: ['/srv'], env: ['LANG'] }],
};

// Catches: a playbook that is lost on its way to the reps, or that an app takes for nothing of the team's.
it('a team comes out of a release as it went in, playbooks too', () => {
  const items = itemsOf(team).map((item) => decodeItem(keyOf(item), encodeItem(item)));
  expect(items.map(keyOf)).toEqual(expect.arrayContaining(['playbook/return_item', 'tool-server/files']));
  expect(items.every((item) => isTeamKey(keyOf(item)))).toBe(true);
  expect(teamOf(items, plain)).toEqual(team);
});

it('a team and a release from before there were playbooks have none', () => {
  const { playbooks, toolServers, ...old } = plain;
  expect([...playbooks, ...toolServers]).toEqual([]);
  expect(Team.parse(old)).toMatchObject({ playbooks: [], toolServers: [] });
  expect(teamOf(itemsOf(plain), team).playbooks).toEqual([]);
});

// Catches: a limit a lead published that counts on no computer, because the release says nothing else of the team.
it('policies and playbooks of a release without a team of its own count over those of the folder', () => {
  const policy = (tool: string, leadAbove: number) => ({
    ...{ tool, approval: 'rep' as const, leadAbove, maximum: null, isEnabled: true, rules: [] },
  });
  const folder = { ...team, policies: [policy('refund_order', 100), policy('cancel_order', 500)] };
  const released = [{ kind: 'policy' as const, policy: policy('refund_order', 50) }];
  expect(teamInForce(released, folder)).toEqual({
    ...folder,
    policies: [policy('cancel_order', 500), policy('refund_order', 50)],
  });
  expect(teamInForce([], folder)).toEqual(folder);
  expect(teamInForce(itemsOf(plain), folder).policies).toEqual([]);
});
