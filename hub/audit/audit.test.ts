import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { AuditEntry } from '../../shared/domain/audit-entry.js';
import { inWorkspace, startTestHub, type TestHub } from '../hub-for-tests.js';

describe.each(['pglite', 'postgres'] as const)('audit log on %s', (store) => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await startTestHub({ store });
  });
  afterAll(() => hub.close());
  const write = async (workspaceId: string, text: string): Promise<void> =>
    hub.database.transaction((queries) =>
      hub.hub.services.audit(queries, { workspaceId, actor: 'Test <1>' }, 'test.done', {
        text,
        b: 1,
        a: [null],
      }),
    );

  it('keeps one whole chain when many write at once', async () => {
    const { id, operator, lead } = await hub.addWorkspace();
    await Promise.all(Array.from({ length: 30 }, (_, at) => write(id, String(at))));
    const verified = await hub.request(operator, 'GET', '/v1/audit/verify');
    expect(verified.json()).toEqual({ isWhole: true, entries: 30, firstWrong: null });
    const page = await hub.request(lead, 'GET', '/v1/audit?before=11&limit=4');
    const { entries } = page.json<{ entries: AuditEntry[] }>();
    expect(entries.map(({ sequence }) => sequence)).toEqual([10, 9, 8, 7]);
    expect(entries[0]).toMatchObject({
      action: 'test.done',
      detail: { a: [null], b: 1 },
      previousHash: entries[1]?.hash,
    });
  });

  it('leaves no entry of a transaction that failed', async () => {
    const { id, operator } = await hub.addWorkspace();
    await write(id, 'first');
    const failing = hub.database.transaction(async (queries) => {
      await hub.hub.services.audit(queries, { workspaceId: id, actor: 'x' }, 'test.failed', {});
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await write(id, 'second');
    const verified = await hub.request(operator, 'GET', '/v1/audit/verify');
    expect(verified.json()).toEqual({ isWhole: true, entries: 2, firstWrong: null });
  });

  it('refuses to be changed', async () => {
    await write(hub.id, 'kept');
    for (const statement of [
      `UPDATE audit_entry SET actor = 'me'`,
      'DELETE FROM audit_entry',
      'TRUNCATE audit_entry',
    ])
      await expect(hub.database.run(statement)).rejects.toThrow('only ever appended to');
  });

  it.each([
    [
      'changed',
      `UPDATE audit_entry SET detail = '{"text":"other"}' WHERE sequence = 3 AND workspace_id = $1`,
      3,
    ],
    ['left out', 'DELETE FROM audit_entry WHERE sequence = 2 AND workspace_id = $1', 2],
    [
      'given another hash',
      'UPDATE audit_entry SET hash = previous_hash WHERE sequence = 1 AND workspace_id = $1',
      1,
    ],
  ])('names the first entry that was %s behind the trigger', async (_what, statement, firstWrong) => {
    const { id } = await hub.addWorkspace();
    for (const text of ['1', '2', '3', '4']) await write(id, text);
    await hub.database.run('ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_append_only');
    await hub.database.run(statement, [id]);
    await hub.database.run('ALTER TABLE audit_entry ENABLE TRIGGER audit_entry_append_only');
    const verified = await hub.request(hub.hubKey, 'GET', '/v1/audit/verify', undefined, inWorkspace(id));
    expect(verified.json()).toMatchObject({ isWhole: false, firstWrong });
  });

  it('shows nobody the log of another team', async () => {
    const other = await hub.addWorkspace();
    await write(other.id, 'theirs');
    const page = await hub.request(hub.lead, 'GET', '/v1/audit?limit=500');
    expect(page.body).not.toContain('theirs');
    expect((await hub.request(hub.rep, 'GET', '/v1/audit')).statusCode).toBe(403);
    expect((await hub.request(null, 'GET', '/v1/audit')).statusCode).toBe(401);
  });
});
