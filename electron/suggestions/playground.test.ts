import { describe, expect, it } from 'vitest';

import type { Conversation } from '../../shared/domain/conversation.js';
import type { Team } from '../../shared/domain/team.js';
import type { ModelRunRequest, SuggestionGraph } from '../agents/suggestion-graph.js';
import { loadTeam } from '../workspace/team-loader.js';
import { createPlayground } from './playground.js';
import { finished } from './stepped-graph-for-tests.js';

const own = { stage: 'drafting' as const, version: 4, text: 'Write short.' };
const critique = { stage: 'critique' as const, version: 2, text: 'Doubt.' };
const folder = loadTeam(new URL('../../resources/demo', import.meta.url).pathname, 'demo');
const team: Team = { ...folder, prompts: [own, critique] };
const conversation: Conversation = {
  ...{ id: 'c-1', subject: '', channel: 'email', status: 'open', updatedAt: '2026-11-20T10:00:00.000Z' },
  customer: { name: 'Ada Berg' },
  messages: [],
};

function playground() {
  const asked: { team: Team; request: ModelRunRequest }[] = [];
  const graphOf = (of: Team): Promise<SuggestionGraph> =>
    Promise.resolve({
      run: () => Promise.reject(new Error('not asked for')),
      modelObstacle: () => null,
      runModel(request) {
        asked.push({ team: of, request });
        return Promise.resolve({ ok: true, suggestion: finished(request) });
      },
    });
  return {
    asked,
    ...createPlayground({
      helpdesk: { open: () => Promise.resolve(conversation) },
      team: () => team,
      graphOf,
    }),
  };
}

describe('the playground', () => {
  it('says what each stage tells its model now, and whose words they are', () => {
    const found = playground().prompts();
    expect(found.map(({ stage }) => stage)).toEqual([
      'intent',
      'retrieval',
      'tools',
      'drafting',
      'critique',
      'escalation',
    ]);
    expect(found[3]).toEqual({ ...own, isBuiltIn: false });
    expect(found[0]).toMatchObject({ version: 0, isBuiltIn: true });
  });

  // Catches: a trial with the prompts in force, one that loses the team's other prompts, or one whose answers other runs are given.
  it("runs with the lead's prompts beside the team's others, for one stage or all", async () => {
    const tried = playground();
    const mine = { ...own, version: 5, text: 'Write long.' };
    await tried.run('c-1', [mine], 'drafting');
    await tried.run('c-1', [], 'all');
    expect(tried.asked.map(({ team: of }) => of.prompts)).toEqual([
      [critique, mine],
      [own, critique],
    ]);
    expect(tried.asked.map(({ request }) => [...(request.stages ?? [])].length)).toEqual([1, 6]);
    expect(
      tried.asked.every(({ request }) => request.mayReuse === false && request.startsFrom === null),
    ).toBe(true);
  });

  it('ends what runs', async () => {
    const tried = playground();
    await tried.run('c-1', [], 'all');
    tried.cancel();
    expect(tried.asked[0]?.request.signal.aborted).toBe(true);
    await tried.run('c-1', [], 'all');
    expect(tried.asked[1]?.request.signal.aborted).toBe(false);
  });
});
