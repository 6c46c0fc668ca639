import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { eventForTests, sendFeedback } from '../../hub/feedback/feedback-for-tests.js';
import { startTestHub, type TestHub, type TestMember, type TestWorkspace } from '../../hub/hub-for-tests.js';
import type { EditOutcome } from '../../shared/contracts/ipc/lead.js';
import type { DraftContent } from '../../shared/domain/draft-item.js';
import type { Publication } from '../../shared/domain/publication.js';
import { silentLogger } from '../../shared/lib/logger.js';
import { createHashedEmbedder } from '../knowledge/hashed-embedder-for-tests.js';
import { cutForRelease } from '../knowledge/release/cut-for-release.js';
import { createDraftPublisher } from '../publishing/publisher.js';
import { createHubClient, type HubClient } from '../sync/hub-client.js';
import { createLeadService, type LeadMembership, type LeadService } from './lead-service.js';
import type { PublishDraft } from './publications.js';

let hub: TestHub;
let baseUrl: string;
let team: TestWorkspace;
let lead: LeadService;
beforeAll(async () => {
  hub = await startTestHub({
    store: 'pglite',
    limits: { memberPerMinute: 100_000, joinsPerMinute: 100_000, publicPerMinute: 100_000 },
  });
  await hub.hub.app.listen({ host: '127.0.0.1', port: 0 });
  baseUrl = `http://127.0.0.1:${String((hub.hub.app.server.address() as AddressInfo).port)}`;
});
afterAll(() => hub.close());
beforeEach(async () => {
  team = await hub.addWorkspace();
  lead = serviceOf(team.lead);
});

const embedder = createHashedEmbedder();
const passages = {
  about: () => Promise.resolve({ id: embedder.id, dimensions: embedder.dimensions }),
  embed: (texts: readonly string[], signal?: AbortSignal) => embedder.embed(texts, signal),
};
const publishDraft: PublishDraft = (client, options, onProgress, signal) =>
  createDraftPublisher({ hub: client, embedder: passages, cut: cutForRelease }).publish(
    options,
    onProgress,
    signal,
  );

function serviceOf(member: TestMember | null, publish = publishDraft): LeadService {
  const { accessToken } = member?.tokens ?? { accessToken: '' };
  const tokens = {
    accessToken: () => Promise.resolve(accessToken),
    expired: () => undefined,
    refused: () => undefined,
  };
  const client: HubClient | null = member && createHubClient({ baseUrl, tokens });
  const membership: LeadMembership = {
    hub: () => client,
    status: () => ({ kind: 'joined', hubUrl: baseUrl }),
    whileJoined: () => undefined,
  };
  return createLeadService({ membership, publish, log: silentLogger });
}

const article = (id: string, markdown: string): DraftContent => ({
  kind: 'article',
  article: {
    ...{ id, title: `About ${id}`, category: 'help', audience: 'public', language: 'en', pool: 'articles' },
    ...{ brand: null, product: null, owner: null, source: null },
    ...{ updatedAt: null, validFrom: null, validUntil: null, markdown },
  },
});
const profileWords: DraftContent = { kind: 'out-of-scope', outOfScope: ['weather'] };

async function put(key: string, content: DraftContent | null, by = lead): Promise<EditOutcome> {
  const { revision, content: before } = await by.drafts.item(key);
  return by.drafts.edit(key, { revision, content: before }, content);
}

/** Publishes and waits for the end. */
async function publish(assign = true, by = lead): Promise<Publication> {
  return new Promise((resolve) => {
    const stop = by.onNews((news) => {
      if (news.name !== 'publication' || news.publication.kind === 'running') return;
      stop();
      resolve(news.publication);
    });
    by.publications.start({ notes: 'news', assign });
  });
}
const failsWith = (code: string): unknown =>
  expect.objectContaining({ error: expect.objectContaining({ code }) as unknown });

describe('a draft', () => {
  it('goes out as it is shown before, and is the team’s content afterwards', async () => {
    await put('article/returns', article('returns', 'You have 30 days.'));
    await put('team/out-of-scope', profileWords);
    expect((await lead.drafts.preview()).map(({ key, change, title }) => [key, change, title])).toEqual([
      ['article/returns', 'added', 'About returns'],
      ['team/out-of-scope', 'added', 'Out of scope'],
    ]);
    expect(await publish()).toMatchObject({ kind: 'done', published: { number: 1, articlesChanged: 1 } });
    expect(await lead.drafts.contents()).toEqual({
      ...{ release: 1, articleIds: ['returns'], items: [profileWords], edits: [] },
    });

    await put('article/returns', article('returns', 'You have 45 days.'));
    const [change] = await lead.drafts.preview();
    expect(change?.diff).toContain('-You have 30 days.\n+You have 45 days.');
    await put('article/returns', article('returns', 'You have 30 days.'));
    expect(await lead.drafts.preview(), 'edited back').toEqual([]);
  });

  it('is never overwritten: the other edit comes back, and saving over it on purpose works', async () => {
    await put('article/returns', article('returns', 'You have 30 days.'));
    const base = await lead.drafts.item('article/returns');
    const other = serviceOf(await hub.addMember(team.id, 'lead', 'Grace'));
    await put('article/returns', article('returns', 'Grace says 60.'), other);
    const mine = article('returns', 'I say 45.');
    const refused = await lead.drafts.edit('article/returns', base, mine);
    expect(refused).toMatchObject({
      kind: 'conflict',
      theirs: { revision: 2, content: article('returns', 'Grace says 60.') },
    });
    if (refused.kind !== 'conflict') return;
    expect(refused.theirs.edit?.by).toMatch(/^Grace </);
    expect(await lead.drafts.discard('article/returns', 1)).toMatchObject({ kind: 'conflict' });
    expect(await lead.drafts.edit('article/returns', refused.theirs, mine)).toMatchObject({ kind: 'saved' });
    expect((await other.drafts.item('article/returns')).content).toEqual(mine);
  });

  // Catches an edit over content that came by a release, where the hub's revisions do not tell.
  it('is refused over an item that a release changed meanwhile', async () => {
    await put('article/returns', article('returns', 'You have 30 days.'));
    await publish();
    const base = await lead.drafts.item('article/returns');
    await put('article/returns', article('returns', 'You have 10 days.'));
    await publish();
    const old = { ...base, revision: 2 };
    expect(await lead.drafts.edit('article/returns', old, article('returns', 'x'))).toMatchObject({
      kind: 'conflict',
      theirs: { content: article('returns', 'You have 10 days.') },
    });
  });

  it('that is discarded is what was published, and retiring takes the article away', async () => {
    await put('article/returns', article('returns', 'You have 30 days.'));
    await publish();
    await put('article/returns', article('returns', 'Nonsense.'));
    expect(await lead.drafts.discard('article/returns', 2)).toMatchObject({
      ...{ kind: 'saved', item: { content: article('returns', 'You have 30 days.'), edit: null } },
    });
    await put('article/returns', null);
    expect(await lead.drafts.preview()).toMatchObject([{ key: 'article/returns', change: 'removed' }]);
    await publish();
    expect((await lead.drafts.contents()).articleIds).toEqual([]);
  });
});

describe('publishing', () => {
  it('is cancelled on demand, says why it failed, and can be begun again', async () => {
    let isHeld = true;
    const slow = serviceOf(team.lead, async (client, options, onProgress, signal) => {
      if (isHeld) await new Promise((resolve) => signal.addEventListener('abort', resolve));
      return publishDraft(client, options, onProgress, signal);
    });
    await put('team/out-of-scope', profileWords);
    const ended = publish(true, slow);
    slow.publications.cancel();
    expect(await ended).toEqual({ kind: 'cancelled' });
    isHeld = false;
    expect(await publish(true, slow)).toMatchObject({ kind: 'done', published: { number: 1 } });
    expect(await publish(true, slow)).toMatchObject({
      ...{ kind: 'failed', error: { code: 'RELEASE_NOTHING_TO_PUBLISH' } },
    });
  });
});

describe('releases and who runs them', () => {
  it('are listed, compared, tried by some, given to all and brought back', async () => {
    await put('article/returns', article('returns', 'You have 30 days.'));
    await publish();
    await put('article/returns', article('returns', 'You have 45 days.'));
    await publish(false);
    expect((await lead.rollouts.releases(null)).map(({ number }) => number)).toEqual([2, 1]);
    expect((await lead.rollouts.compare(1, 2))[0]?.diff).toContain('+You have 45 days.');

    const { revision, rollout, running } = await lead.rollouts.read();
    expect([rollout, running]).toEqual([{ kind: 'all', release: 1 }, []]);
    const canary = { kind: 'canary', stable: 1, canary: 2, percent: 0, isPaused: false } as const;
    const trial = { ...canary, pilots: [team.rep.id] };
    expect(await lead.rollouts.change(revision, trial)).toMatchObject({ isChanged: true });
    expect(await lead.rollouts.change(revision, { kind: 'all', release: 2 })).toMatchObject({
      ...{ isChanged: false, state: { rollout: trial } },
    });
    await hub.request(team.rep, 'POST', '/v1/sync', { release: 1, root: null, appVersion: '1' });
    expect((await lead.rollouts.read()).running).toMatchObject([{ memberId: team.rep.id, release: 1 }]);

    expect(await lead.rollouts.restore(1, 'back')).toEqual({ number: 3 });
    expect((await lead.rollouts.read()).rollout).toEqual({ kind: 'all', release: 3 });
    expect((await lead.drafts.item('article/returns')).content).toEqual(
      article('returns', 'You have 30 days.'),
    );
  });
});

describe('people', () => {
  it('are invited with one text that lets in once; what a lead may not do is refused', async () => {
    const invited = { role: 'rep', name: 'Ada', email: null, expiresInHours: 24 } as const;
    const { text } = await lead.people.invite(invited);
    const [address, code] = text.split('#');
    expect(address).toBe(baseUrl);
    const { members, invites, ownId, words } = await lead.people.read();
    expect([members.length, invites.length, ownId, words.length]).toEqual([3, 1, team.lead.id, 8]);
    expect(JSON.stringify(invites)).not.toContain(code);
    expect((await hub.request(null, 'POST', '/v1/join', { code, deviceName: 'x' })).statusCode).toBe(200);
    await expect(lead.people.revoke(team.rep.id, true)).rejects.toThrow(failsWith('HUB_NOT_ALLOWED'));
    const operator = serviceOf(team.operator);
    expect(await operator.people.revoke(team.rep.id, true)).toMatchObject({ state: 'wiped' });
    const entries = await lead.audit(null);
    expect(entries[0]?.action).toBe('member.wiped');
    expect(await operator.verifyAudit()).toMatchObject({ isWhole: true, entries: entries.length });
  });

  it('in no team reach nothing', async () => {
    const nobody = serviceOf(null);
    await expect(nobody.drafts.contents()).rejects.toThrow();
    await expect(nobody.people.read()).rejects.toMatchObject({ error: { code: 'HUB_NOT_SIGNED_IN' } });
    expect(() => nobody.publications.start({ notes: '', assign: true })).toThrow();
  });
});

describe('feedback', () => {
  it('is filtered, grouped, answered, and exported to a file that is whole or absent', async () => {
    const event = eventForTests({ articleIds: ['returns'] });
    await sendFeedback(hub, team.rep, [event]);
    const filter = { articleId: 'returns', isResolved: false };
    const { feedback } = await lead.feedback.list(filter, null);
    expect(feedback.map(({ event: { feedback: of } }) => of.id)).toEqual([event.feedback.id]);
    const groups = await lead.feedback.groups('article');
    expect(groups.map(({ key }) => key)).toEqual(['returns']);
    await lead.feedback.resolve(event.feedback.id, 'Corrected, thank you.', 'article/returns');
    expect((await lead.feedback.list(filter, null)).feedback).toEqual([]);

    const dir = await mkdtemp(path.join(os.tmpdir(), 'cuecard-lead-'));
    const file = path.join(dir, 'feedback.csv');
    await lead.feedback.export({ format: 'csv', redact: true }, file);
    expect(await readFile(file, 'utf8')).toContain(event.feedback.id);
    const nowhere = path.join(dir, 'no', 'such', 'folder.csv');
    await expect(lead.feedback.export({ format: 'csv', redact: true }, nowhere)).rejects.toMatchObject({
      error: { code: 'FEEDBACK_NOT_EXPORTED' },
    });
    await rm(dir, { recursive: true });
  });
});
