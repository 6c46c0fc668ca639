import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { AuditEntry } from '../../shared/domain/audit-entry.js';
import type { ReceivedFeedback } from '../../shared/domain/feedback-event.js';
import { followEvents } from '../events/follow-events-for-tests.js';
import { inWorkspace, startTestHub, type TestHub, type TestMember } from '../hub-for-tests.js';
import { answerOf, errorOf } from '../releases/publish-for-tests.js';
import { eventForTests, sendFeedback } from './feedback-for-tests.js';

describe.each(['pglite', 'postgres'] as const)('the inbox of a hub on %s', (store) => {
  let hub: TestHub;
  let url: string;
  beforeAll(async () => {
    hub = await startTestHub({ store, limits: { memberPerMinute: 100_000 } });
    url = await hub.hub.app.listen({ host: '127.0.0.1', port: 0 });
  });
  afterAll(() => hub.close());

  const inbox = async (lead: TestMember, query: Record<string, string> = {}) =>
    answerOf(
      'feedback.inbox',
      await hub.request(lead, 'GET', `/v1/feedback?${new URLSearchParams(query).toString()}`),
    );
  const ids = (feedback: readonly ReceivedFeedback[]): string[] =>
    feedback.map(({ event }) => event.feedback.id);
  const resolve = (by: TestMember, id: string, note: string, draftKey: string | null = null) =>
    hub.request(by, 'POST', `/v1/feedback/${id}/resolve`, { note, draftKey });
  const notes = async (rep: TestMember, after: number) =>
    answerOf('feedback.notes', await hub.request(rep, 'GET', `/v1/feedback/notes?after=${String(after)}`));

  it('shows everything once, newest first, also while more comes in', async () => {
    const { rep, lead } = await hub.addWorkspace();
    const createdAt = '2026-03-01T10:00:00.000Z';
    const conversationId = randomUUID();
    // Decisions of one moment lie in the order the device made them, whatever order they came in.
    const events = Array.from({ length: 11 }, (_, at) =>
      eventForTests(
        at < 5
          ? { createdAt, conversationId, sequence: at + 1 }
          : { createdAt: `2026-03-02T10:00:${String(at + 10)}.000Z` },
      ),
    );
    await sendFeedback(hub, rep, [events[3], events[0], ...events.slice(5)]);
    await sendFeedback(hub, rep, [events[4], events[2], events[1]]);
    const seen: string[] = [];
    let before: string | null = '';
    while (before !== null) {
      const page = await inbox(lead, { limit: '3', ...(before === '' ? {} : { before }) });
      seen.push(...ids(page.feedback));
      before = page.cursor;
      await sendFeedback(hub, rep, [eventForTests({ createdAt: '2026-03-03T10:00:00.000Z' })]);
    }
    expect(seen).toEqual(events.map(({ feedback }) => feedback.id).reverse());
    const [first] = (await inbox(lead, { before: `${createdAt}_6_${events[4]?.feedback.id ?? ''}` }))
      .feedback;
    expect(first).toEqual({
      event: events[4],
      memberId: rep.id,
      memberName: 'Test rep',
      receivedAt: expect.any(String) as string,
      resolution: null,
    });
  });

  it('can be narrowed to what is looked for', async () => {
    const { id, rep, lead } = await hub.addWorkspace();
    const colleague = await hub.addMember(id, 'rep');
    const refund = eventForTests({
      intent: 'refund',
      articleIds: ['a', 'b'],
      createdAt: '2026-02-01T00:00:00Z',
    });
    const rejected = eventForTests({
      action: { kind: 'rejected', reason: 'wrong_facts', comment: 'old price' },
      articleIds: [],
      promptVersions: { drafting: 4, critique: 1 },
    });
    const quiet = eventForTests({ action: { kind: 'inserted' }, intent: null, promptVersions: {} });
    await sendFeedback(hub, rep, [refund, rejected]);
    await sendFeedback(hub, colleague, [quiet]);
    await resolve(lead, rejected.feedback.id, 'Corrected.');
    const found = async (query: Record<string, string>) => ids((await inbox(lead, query)).feedback).sort();
    const are = (...events: readonly { feedback: { id: string } }[]) =>
      events.map(({ feedback }) => feedback.id).sort();
    expect(await found({ action: 'rejected' })).toEqual(are(rejected));
    expect(await found({ intent: 'refund' })).toEqual(are(refund));
    expect(await found({ articleId: 'b' })).toEqual(are(refund));
    expect(await found({ prompt: 'drafting@4' })).toEqual(are(rejected));
    expect(await found({ prompt: 'drafting@3', isResolved: 'false' })).toEqual(are(refund));
    expect(await found({ memberId: colleague.id })).toEqual(are(quiet));
    expect(await found({ isResolved: 'true' })).toEqual(are(rejected));
    expect(await found({ isResolved: 'false' })).toEqual(are(refund, quiet));
    expect(await found({ since: '2026-02-01T00:00:00Z' })).toEqual(are(refund));
    expect(await found({ memberId: rep.id, articleId: 'none' })).toEqual([]);
  });

  it('refuses a cursor it did not give and text no database holds', async () => {
    for (const query of ['before=x', 'before=2026-01-01T00:00:00Z_1_x', 'intent=a%00b']) {
      const answer = await hub.request(hub.lead, 'GET', `/v1/feedback?${query}`);
      expect(errorOf(answer)?.code, query).toBe('HUB_INVALID_REQUEST');
    }
  });

  it('groups what was corrected, most unresolved first', async () => {
    const { rep, lead } = await hub.addWorkspace();
    const rejected = { kind: 'rejected', reason: 'wrong_tone', comment: '' } as const;
    const events = [
      eventForTests({ articleIds: ['a', 'b', 'a'], intent: 'refund' }),
      eventForTests({ articleIds: ['a'], intent: 'refund', action: rejected }),
      eventForTests({ articleIds: ['b'], intent: null, promptVersions: { drafting: 4, critique: 1 } }),
      eventForTests({ articleIds: ['c'], action: { kind: 'accepted', sentText: 'as it was' } }),
      eventForTests({ articleIds: [], intent: null, action: rejected, promptVersions: {} }),
    ] as const;
    await sendFeedback(hub, rep, events);
    await resolve(lead, events[2].feedback.id, 'Done.');
    const groups = async (query: string) =>
      answerOf('feedback.groups', await hub.request(lead, 'GET', `/v1/feedback/groups?${query}`)).groups;
    expect(await groups('by=article')).toEqual([
      { key: 'a', total: 2, edited: 1, rejected: 1, unresolved: 2, newestAt: events[1].feedback.createdAt },
      { key: null, total: 1, edited: 0, rejected: 1, unresolved: 1, newestAt: events[4].feedback.createdAt },
      { key: 'b', total: 2, edited: 2, rejected: 0, unresolved: 1, newestAt: events[2].feedback.createdAt },
    ]);
    expect((await groups('by=intent')).map(({ key, unresolved }) => [key, unresolved])).toEqual([
      ['refund', 2],
      [null, 1],
    ]);
    expect((await groups('by=prompt')).map(({ key, total, unresolved }) => [key, total, unresolved])).toEqual(
      [
        ['drafting@3', 2, 2],
        [null, 1, 1],
        ['critique@1', 1, 0],
        ['drafting@4', 1, 0],
      ],
    );
    expect(await groups(`by=intent&since=${events[4].feedback.createdAt}`)).toMatchObject([
      { key: null, total: 1 },
    ]);
  });

  it('sends the answer of a lead back to the rep who asked, and to nobody else', async () => {
    const { id, rep, lead, operator } = await hub.addWorkspace();
    const colleague = await hub.addMember(id, 'rep');
    const event = eventForTests();
    await sendFeedback(hub, rep, [event]);
    const [own, others] = await Promise.all(
      [rep, colleague].map((member) => followEvents(url, member.tokens.accessToken)),
    );
    const answer = await resolve(lead, event.feedback.id, 'We changed the article.', 'article/shipping');
    const resolution = {
      note: 'We changed the article.',
      resolvedBy: 'Test lead',
      resolvedAt: expect.any(String) as string,
      draftKey: 'article/shipping',
    };
    expect(answerOf('feedback.resolve', answer)).toMatchObject({ event, memberId: rep.id, resolution });
    await expect.poll(() => own?.events).toEqual([{ name: 'feedback_resolved', memberId: rep.id }]);
    const told = await notes(rep, 0);
    expect(told.notes).toEqual([{ feedbackId: event.feedback.id, resolution }]);
    expect(await notes(rep, told.cursor)).toEqual({ notes: [], cursor: told.cursor, hasLast: true });
    expect(await notes(colleague, 0)).toEqual({ notes: [], cursor: 0, hasLast: true });
    const byHubKey = await hub.request(
      hub.hubKey,
      'GET',
      '/v1/feedback/notes?after=7',
      undefined,
      inWorkspace(id),
    );
    expect(byHubKey.json()).toEqual({ notes: [], cursor: 7, hasLast: true });

    // Another lead corrects the answer: the rep gets that one too, after the first.
    await resolve(operator, event.feedback.id, 'And the prompt.');
    const again = await notes(rep, told.cursor);
    expect(again.notes).toMatchObject([{ resolution: { note: 'And the prompt.', draftKey: null } }]);
    expect(again.cursor).toBeGreaterThan(told.cursor);
    expect(others?.events).toEqual([]);
    const { entries } = (await hub.request(lead, 'GET', '/v1/audit?limit=2')).json<{
      entries: AuditEntry[];
    }>();
    expect(entries.map(({ action, detail, actor }) => [action, detail, actor])).toEqual([
      ['feedback.resolved', { feedbackId: event.feedback.id, draftKey: null }, operator.actor],
      ['feedback.resolved', { feedbackId: event.feedback.id, draftKey: 'article/shipping' }, lead.actor],
    ]);
    own?.stop();
    others?.stop();
  });

  it('lets a device that follows the cursor miss no answer, however many leads answer at once', async () => {
    const { rep, lead, operator } = await hub.addWorkspace();
    const events = Array.from({ length: 24 }, () => eventForTests());
    await sendFeedback(hub, rep, events);
    const heard: string[] = [];
    let cursor = 0;
    const listen = async (): Promise<void> => {
      const found = await notes(rep, cursor);
      heard.push(...found.notes.map(({ feedbackId }) => feedbackId));
      cursor = found.cursor;
    };
    const open = new Set(events.map(({ feedback }) => feedback.id));
    const answering = Promise.all(
      [...open].map((id, at) => resolve(at % 2 ? lead : operator, id, 'Yes.').then(() => open.delete(id))),
    );
    while (open.size > 0) {
      await listen();
      // The embedded store answers without ever waiting: others must get their turn.
      await sleep(1);
    }
    await answering;
    await listen();
    expect(heard.sort()).toEqual(events.map(({ feedback }) => feedback.id).sort());
  });

  it('gives numbers to answers that a hub restored from a backup does not give again', async () => {
    const { id, rep, lead } = await hub.addWorkspace();
    const [lost, later] = [eventForTests(), eventForTests()];
    await sendFeedback(hub, rep, [lost, later]);
    await resolve(lead, lost.feedback.id, 'Lost with the hub.');
    const { cursor } = await notes(rep, 0);
    await hub.database.run('UPDATE feedback SET note_number = NULL WHERE workspace_id = $1', [id]);
    hub.clock.now = new Date(Date.now() + 1000);
    await resolve(lead, later.feedback.id, 'After the backup.');
    hub.clock.now = null;
    expect((await notes(rep, cursor)).notes).toMatchObject([{ resolution: { note: 'After the backup.' } }]);
  });

  it('knows no feedback by an id of another team, nor one there is not', async () => {
    const other = await hub.addWorkspace();
    const event = eventForTests();
    await sendFeedback(hub, other.rep, [event]);
    for (const id of [event.feedback.id, randomUUID()])
      expect(errorOf(await resolve(hub.lead, id, 'Mine.'))?.code).toBe('HUB_NOT_FOUND');
    expect((await inbox(other.lead)).feedback).toMatchObject([{ resolution: null }]);
  });
});
