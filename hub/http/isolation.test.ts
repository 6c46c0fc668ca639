import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { hubEndpoints, type HubEndpointName } from '../../shared/contracts/hub/index.js';
import { askBody, questionForTests } from '../approvals/approval-for-tests.js';
import { eventForTests, sendFeedback } from '../feedback/feedback-for-tests.js';
import { startTestHub, type TestHub, type TestWorkspace } from '../hub-for-tests.js';

/** About the hub as a whole; hub_setting holds two values of its own, used_id_token hashes that say nothing of anybody. */
const WITHOUT_WORKSPACE = ['hub_setting', 'migration', 'used_id_token', 'workspace'];
const BODIES: Partial<Record<HubEndpointName, object>> = {
  'members.change_role': { role: 'rep' },
  'members.revoke': { wipe: true },
  'feedback.resolve': { note: 'mine now' },
  'approvals.decide': { content: '0'.repeat(64), decision: 'approved', reason: '' },
  'releases.restore': { idempotencyKey: randomUUID(), notes: '' },
};
/** What a list does not answer without. */
const QUERIES: Partial<Record<HubEndpointName, string>> = {
  'draft.read': '?key=article/a',
  'feedback.groups': '?by=article',
  'feedback.export': '?format=csv&redact=false',
};
const names = Object.keys(hubEndpoints) as HubEndpointName[];

let hub: TestHub;
let other: TestWorkspace;
let tables: { table_name: string; column_name: string; data_type: string }[];
beforeAll(async () => {
  hub = await startTestHub();
  other = await hub.addWorkspace();
  await hub.request(other.operator, 'POST', '/v1/invites', { role: 'rep', name: 'Their invite' });
  const event = eventForTests({ articleIds: [randomUUID()] });
  await sendFeedback(hub, other.rep, [event]);
  await hub.request(other.lead, 'POST', `/v1/feedback/${event.feedback.id}/resolve`, { note: 'theirs' });
  await hub.request(other.rep, 'POST', '/v1/approvals', askBody(questionForTests()));
  tables = await hub.database.rows(
    z.object({ table_name: z.string(), column_name: z.string(), data_type: z.string() }),
    `SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'public'`,
  );
});
afterAll(() => hub.close());

const tablesOfWorkspaces = (): string[] => [
  ...new Set(tables.filter(({ column_name }) => column_name === 'workspace_id').map((row) => row.table_name)),
];
/** All rows of the other team, and all ids in them. */
const theirRows = async (): Promise<string[]> => {
  const rows: string[] = [];
  for (const table of tablesOfWorkspaces()) {
    const found = await hub.database.rows(
      z.object({ row: z.string() }),
      `SELECT to_jsonb(t)::text AS row FROM ${table} t WHERE workspace_id = $1 ORDER BY 1`,
      [other.id],
    );
    rows.push(...found.map(({ row }) => `${table} ${row}`));
  }
  return rows;
};
const idsIn = (text: string): string[] => [
  ...new Set(text.match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? []),
];

describe('two workspaces', () => {
  it('are told apart in every table', () => {
    const all = new Set(tables.map(({ table_name }) => table_name));
    const apart = new Set([...tablesOfWorkspaces(), ...WITHOUT_WORKSPACE]);
    expect([...all].filter((name) => !apart.has(name))).toEqual([]);
  });

  it("give nobody a hold on the other's rows by their ids", async () => {
    const before = await theirRows();
    const ids = idsIn(before.join('\n'));
    expect(ids.length).toBeGreaterThan(10);
    const takesId = names.filter((name) => /:id|:number/.test(hubEndpoints[name].path));
    expect(takesId).toEqual(expect.arrayContaining(['members.revoke', 'feedback.resolve']));
    for (const name of takesId)
      for (const id of [...ids, '1', '2']) {
        const { method, path } = hubEndpoints[name];
        const url = path.replace(/:id|:number/, id);
        const { statusCode, body } = await hub.request(hub.operator, method, url, BODIES[name] ?? undefined);
        expect([400, 404], `${name} ${id}: ${body}`).toContain(statusCode);
      }
    expect(await theirRows()).toEqual(before);
  });

  it("show nothing of the other's in any list", async () => {
    const ids = idsIn((await theirRows()).join('\n'));
    const lists = names.filter((name) => {
      const { method, path, access } = hubEndpoints[name];
      return method === 'GET' && !path.includes(':') && access !== 'hub_key' && name !== 'events.follow';
    });
    for (const name of lists) {
      const url = hubEndpoints[name].path + (QUERIES[name] ?? '');
      const { statusCode, body } = await hub.request(hub.operator, 'GET', url);
      expect(statusCode, name).toBe(200);
      expect(
        ids.filter((id) => body.includes(id)),
        name,
      ).toEqual([]);
    }
  });
});
