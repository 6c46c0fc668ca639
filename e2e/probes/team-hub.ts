import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { framesOf, publication, segmentOf } from '../../hub/releases/publish-for-tests.js';
import { spawnHub, type SpawnedHub } from '../../hub/spawn-hub-for-tests.js';
import { encodeArticle } from '../../release/article-segment.js';
import { sha256 } from '../../release/canonical-json.js';
import { wordsOf } from '../../release/team-key.js';

/** A hub in a process of its own, and what its operator does over HTTP. */
export interface TeamHub {
  readonly url: string;
  /** Gives the code; with an e-mail address the company's sign-in takes the place of it. */
  invite(name: string, email?: string): Promise<string>;
  inviteAs(role: 'lead' | 'operator', name: string): Promise<string>;
  /** The eight words as the hub has them. */
  words(): Promise<readonly string[]>;
  /** Publishes articles, each of one passage, beside those of the releases before. */
  publish(articles: Readonly<Record<string, string>>, notes?: string): Promise<void>;
  /** Ends the access of the member of this name. */
  revoke(name: string, wipe: boolean): Promise<void>;
  /** As a power cut would. */
  kill(): Promise<void>;
  /** On the same address and data. */
  startAgain(): Promise<void>;
  close(): Promise<void>;
}

export async function startTeamHub(env: Readonly<Record<string, string>> = {}): Promise<TeamHub> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'cuecard-hub-'));
  const settings = { ...env, CUECARD_HUB_FOLDER: folder, CUECARD_HUB_TEAM: 'Lumen & Pine' };
  let hub: SpawnedHub = await spawnHub(settings);
  const { url, hubKey } = hub;
  let newest: number | null = null;

  const ask = async <T>(
    method: string,
    route: string,
    body?: unknown,
    type = 'application/json',
  ): Promise<T> => {
    const answer = await fetch(`${url}${route}`, {
      method,
      headers: {
        authorization: `Bearer ${hubKey ?? ''}`,
        ...(body !== undefined && { 'content-type': type }),
      },
      ...(body !== undefined && {
        body: Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body),
      }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${route}: ${answer.status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  };

  return {
    url,
    async invite(name, email) {
      const body = { role: 'rep', name, ...(email !== undefined && { email }) };
      return (await ask<{ code: string }>('POST', '/v1/invites', body)).code;
    },
    inviteAs: async (role, name) => (await ask<{ code: string }>('POST', '/v1/invites', { role, name })).code,
    async words() {
      const { teamKeys } = await ask<{ teamKeys: { publicKey: string }[] }>('GET', '/v1/team-keys');
      return wordsOf(teamKeys.at(-1)?.publicKey ?? '');
    },
    async publish(articles, notes = '') {
      const put = Object.entries(articles).map(([id, text]) => articleOfOnePassage(id, text));
      const frames = await framesOf(put.map(([, content]) => segmentOf(content)));
      await ask('POST', '/v1/segments', frames, 'application/vnd.cuecard.segments');
      await ask('POST', '/v1/releases', publication({ from: newest, put, notes }));
      newest = (newest ?? 0) + 1;
    },
    async revoke(name, wipe) {
      const { members } = await ask<{ members: { id: string; name: string }[] }>('GET', '/v1/members');
      const id = members.findLast((member) => member.name === name)?.id ?? '';
      await ask('POST', `/v1/members/${id}/revoke`, { wipe });
    },
    kill: () => hub.kill(),
    async startAgain() {
      hub = await spawnHub({ ...settings, CUECARD_HUB_PORT: new URL(url).port });
    },
    async close() {
      // It would wait for the devices that listen.
      await hub.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** As a lead's machine cuts it, without vectors: the rep's machine makes those. */
function articleOfOnePassage(id: string, text: string): [key: string, content: Buffer] {
  const title = id.replaceAll('-', ' ');
  const content = encodeArticle({
    article: {
      ...{ id, title, category: 'returns', audience: 'public', language: 'en', brand: null },
      ...{ pool: 'articles', product: null, owner: null, source: null, markdown: text },
      ...{ updatedAt: null, validFrom: null, validUntil: null },
    },
    fingerprint: sha256(text),
    chunks: [
      {
        ...{ ordinal: 0, headingPath: [], span: { start: 0, end: text.length }, page: null },
        ...{ hash: sha256(`${title}\n${text}`), plain: text },
      },
    ],
    ...{ vectors: null, passages: [], title: null },
  });
  return [`article/${id}`, content];
}
