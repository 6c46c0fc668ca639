import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

import { readCondition } from '../../shared/policy/condition.js';
import { loadTeam } from '../workspace/team-loader.js';

const demo = path.join(import.meta.dirname, '../../resources/demo');
const team = loadTeam(demo, 'Harbour & Pine');
const articles = new Map(
  fs
    .readdirSync(path.join(demo, 'knowledge'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => [path.basename(file, '.md'), fs.readFileSync(path.join(demo, 'knowledge', file), 'utf8')]),
);

describe('the demo team', () => {
  // Catches: a rule that says what its article does not (any more), which a rep would send to a customer.
  it('quotes the very words of the article each rule stands in', () => {
    const sources = team.policies.flatMap(({ rules }) => rules.map(({ source }) => source));
    expect(sources.length).toBeGreaterThanOrEqual(7);
    for (const source of sources) {
      const article = articles.get(source?.articleId ?? '') ?? '';
      expect(article).toContain(`title: ${source?.title ?? '-'}\n`);
      expect(article).toContain(source?.quote);
    }
  });

  it('has rules that code reads, playbooks of intents it knows, and tools there are', () => {
    const tools = new Set(['track_shipment', ...team.intents.flatMap((intent) => intent.tools)]);
    const known = new Set(team.intents.map(({ id }) => id));
    for (const { rules } of team.policies)
      for (const { when } of rules) expect(readCondition(when)).toMatchObject({ ok: true });
    expect(team.playbooks.map(({ intent }) => intent).filter((intent) => !known.has(intent))).toEqual([]);
    const named = team.playbooks.flatMap(({ steps }) => steps.flatMap(({ tool }) => tool ?? []));
    expect(named.filter((tool) => !tools.has(tool))).toEqual([]);
    for (const { steps } of team.playbooks)
      expect(new Set(steps.map(({ id }) => id)).size).toBe(steps.length);
  });
});
