import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { AuditEntry } from '../../shared/domain/audit-entry.js';
import type { FeedbackEvent } from '../../shared/domain/feedback-event.js';
import { startTestHub, type TestHub, type TestWorkspace } from '../hub-for-tests.js';
import { eventForTests, sendFeedback } from './feedback-for-tests.js';

let hub: TestHub;
let team: TestWorkspace;
beforeAll(async () => {
  hub = await startTestHub();
});
afterAll(() => hub.close());

const exported = async (query: string): Promise<string> => {
  const answer = await hub.request(team.lead, 'GET', `/v1/feedback/export?${query}`);
  expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'text/plain; charset=utf-8']);
  return answer.body;
};
const rowsOf = (csv: string): Record<string, string>[] => parse(csv, { columns: true, bom: true });
const linesOf = (jsonl: string): unknown[] =>
  jsonl
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown);
const start = async (events: readonly FeedbackEvent[]): Promise<void> => {
  team = await hub.addWorkspace();
  for (let at = 0; at < events.length; at += 200)
    await sendFeedback(hub, team.rep, events.slice(at, at + 200));
};
const sent = (draftText: string, sentText: string, customerText = 'Where is it?') =>
  eventForTests({
    ...{ draftText, customerText },
    action: { kind: draftText === sentText ? 'accepted' : 'edited', sentText },
  });

describe('feedback as CSV', () => {
  it('reads back as it was, with what people wrote over several lines', async () => {
    const conversationId = 'c-1';
    const event = sent('Dear "you",\nline; two', 'Élan, "quoted"\r\nand more');
    const rejected = eventForTests({
      ...{ conversationId, articleIds: ['a', 'b'], promptVersions: { drafting: 3, critique: 1 }, release: 7 },
      model: 'gpt-5-mini',
      action: { kind: 'rejected', reason: 'wrong_facts', comment: 'old, wrong' },
    });
    await start([rejected, event]);
    await hub.request(team.lead, 'POST', `/v1/feedback/${rejected.feedback.id}/resolve`, {
      note: 'Fixed.',
      draftKey: 'article/a',
    });
    const rows = rowsOf(await exported('format=csv&redact=false'));
    expect(rows.find(({ id }) => id === event.feedback.id)).toMatchObject({
      ...{ action: 'edited', draft_text: event.feedback.draftText, sent_text: 'Élan, "quoted"\r\nand more' },
      ...{ customer_text: 'Where is it?', member: 'Test rep', member_id: team.rep.id, resolved_by: '' },
    });
    expect(rows.find(({ id }) => id === rejected.feedback.id)).toMatchObject({
      ...{
        action: 'rejected',
        reject_reason: 'wrong_facts',
        comment: 'old, wrong',
        sent_text: '',
        release: '7',
      },
      ...{
        articles: 'a b',
        prompts: 'drafting@3 critique@1',
        model: 'gpt-5-mini',
        conversation_id: conversationId,
      },
      ...{ note: 'Fixed.', draft_key: 'article/a', resolved_by: 'Test lead' },
    });
  });

  it('runs nothing in a spreadsheet', async () => {
    await start([sent('=1+1', '@SUM(A1)', '=cmd|"/C calc"!A0'), sent('+49', '-2+3', '\t=1')]);
    const cells = rowsOf(await exported('format=csv&redact=false')).flatMap((row) => Object.values(row));
    expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
    expect(cells).toContain(`'=cmd|"/C calc"!A0`);
  });

  it('is whole over many pages: conversation by conversation, in the order the decisions were made', async () => {
    const events = Array.from({ length: 350 }, (_, at) =>
      eventForTests({
        conversationId: `c-${String(at % 7)}`,
        // The clock of the device goes backwards; its order counts.
        createdAt: new Date(Date.UTC(2026, 5, 1) - at * 1000).toISOString(),
      }),
    );
    await start([...events].reverse());
    const expected = [...events].sort(
      (a, b) => a.feedback.conversationId.localeCompare(b.feedback.conversationId) || a.sequence - b.sequence,
    );
    const csv = await exported('format=csv');
    expect(rowsOf(csv).map(({ id }) => id)).toEqual(expected.map(({ feedback }) => feedback.id));
    await start([]);
    expect((await exported('format=csv')).trim().split('\n')).toHaveLength(1);
  });

  // Catches an export of every day that never holds what a rep decided on a train.
  it('has since a time what arrived from then on, whenever it was decided', async () => {
    const decided = (createdAt: string) => eventForTests({ createdAt });
    const [before, late] = [decided('2026-03-02T10:00:00.000Z'), decided('2026-03-01T10:00:00.000Z')];
    await start([]);
    // Tokens of tests live a quarter of an hour.
    const since = new Date(Date.now() + 60_000);
    await sendFeedback(hub, team.rep, [before]);
    hub.clock.now = since;
    await sendFeedback(hub, team.rep, [late]);
    hub.clock.now = null;
    const ids = async (from: Date) =>
      rowsOf(await exported(`format=csv&since=${from.toISOString()}`)).map(({ id }) => id);
    expect(await ids(since)).toEqual([late.feedback.id]);
    expect(await ids(new Date(since.getTime() + 1))).toEqual([]);
  });
});

describe('feedback as training pairs', () => {
  it('has what was sent for what was asked, and what was sent instead of a draft', async () => {
    await start([
      sent('On Friday.', 'On Saturday.'),
      sent('As it was.', 'As it was.'),
      sent('Only spaces.', 'Only spaces. \n'),
      sent('Nobody asked.', 'So nobody learns.', ' '),
      eventForTests({ action: { kind: 'rejected', reason: 'not_needed', comment: 'no' } }),
      eventForTests({ action: { kind: 'copied' } }),
    ]);
    const user = { role: 'user', content: 'Where is it?' };
    const assistant = (content: string) => ({ role: 'assistant', content });
    const supervised = linesOf(await exported('format=supervised'));
    expect(new Set(supervised.map((line) => JSON.stringify(line)))).toEqual(
      new Set(
        ['On Saturday.', 'As it was.', 'Only spaces. \n'].map((text) =>
          JSON.stringify({ messages: [user, assistant(text)] }),
        ),
      ),
    );
    expect(linesOf(await exported('format=preference'))).toEqual([
      { prompt: [user], chosen: [assistant('On Saturday.')], rejected: [assistant('On Friday.')] },
    ]);
  });

  it('hold no personal data unless that is asked for, nor a pair that differed in nothing else', async () => {
    await start([
      sent('Dear Ada,\nyour order HP-104233 is there.', 'Dear Grace,\nyour order HP-104234 is there.'),
      sent('Hi Grace,\nsoon.', 'Hi Grace,\nwe write to g@navy.example.', 'It is me, Grace.\n+31 6 1234 5678'),
    ]);
    expect(linesOf(await exported('format=preference'))).toEqual([
      {
        prompt: [{ role: 'user', content: 'It is me, [name].\n[phone]' }],
        chosen: [{ role: 'assistant', content: 'Hi [name],\nwe write to [email].' }],
        rejected: [{ role: 'assistant', content: 'Hi [name],\nsoon.' }],
      },
    ]);
    expect(await exported('format=csv')).not.toMatch(/Ada|Grace|10423|navy|1234|Test rep/);
    const plain = await exported('format=preference&redact=false');
    expect(linesOf(plain)).toHaveLength(2);
    expect(plain).toContain('g@navy.example');
  });

  it('leave a trace of who took them along', async () => {
    await start([]);
    await exported('format=preference&redact=false');
    const { entries } = (await hub.request(team.lead, 'GET', '/v1/audit?limit=1')).json<{
      entries: AuditEntry[];
    }>();
    expect(entries).toMatchObject([
      {
        action: 'feedback.exported',
        actor: team.lead.actor,
        detail: { format: 'preference', redact: false, since: null },
      },
    ]);
  });
});
