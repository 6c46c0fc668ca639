import fs from 'node:fs';
import path from 'node:path';

import { sha256 } from '../../release/canonical-json.js';
import { silentLogger } from '../../shared/lib/logger.js';
import { createEngineClient } from '../engine/engine-client.js';
import { teamForTests } from '../engine/team-for-tests.js';
import { createHubClient } from './hub-client.js';
import { createMembershipFile } from './membership.js';
import { createSession, type KeptTokens } from './session.js';
import { openStaging } from './staging.js';
import { createSyncService } from './sync-service.js';

/** All a device answers from, as it was when it was opened. */
export interface OpenedState {
  readonly number: number | null;
  readonly root: string | null;
  /** Keys and hashes of the listing. */
  readonly listing: Readonly<Record<string, string>>;
  /** Text by id. */
  readonly articles: Readonly<Record<string, string>>;
  /** Hashes of what else the release says, by key: of the contents that are here. */
  readonly items: Readonly<Record<string, string>>;
  /** Ids of the team's intents. */
  readonly intents: readonly string[];
  /** What the classifier makes of a text: ids of intents. */
  readonly candidates: readonly string[];
  /** The first passage that a search for the edition finds: each release has an article that says its number. */
  readonly edition: string | null;
}

/** A line on standard output. */
export type DeviceNews =
  { readonly opened: OpenedState } | { readonly doing: string; readonly release: number | null };

/**
 * A rep's machine as a process of its own: `node BUNDLE FOLDER ENGINE_WORKER EMBEDDER_FOLDER`. The folder holds `team.json` and
 * `tokens.json`. It tells what it holds when it is opened, then syncs until it is killed and tells of each step.
 */
async function runDevice(dir: string, workerFile: string, embedderDir: string): Promise<void> {
  const inDir = (name: string): string => path.join(dir, name);
  const membership = createMembershipFile(inDir('team.json'));
  const { hubUrl } = membership.read() ?? { hubUrl: '' };
  const engine = createEngineClient({
    workerFile,
    options: { workspaceDir: inDir('workspace'), embedderDir, team: teamForTests },
    log: silentLogger,
  });
  const { knowledge, releases, classifier } = engine;

  const state = async (): Promise<OpenedState> => {
    const release = await releases.release();
    const ids = (await knowledge.list()).map(({ id }) => id);
    const articles = await Promise.all(
      ids.map(async (id) => [id, (await knowledge.article(id))?.markdown ?? '']),
    );
    const found = await knowledge.search({
      ...{ query: 'which edition of the handbook is this', limit: 1, language: 'en' },
      audiences: ['public'],
    });
    return {
      number: release?.number ?? null,
      root: release?.root ?? null,
      listing: Object.fromEntries((await releases.listing()).map(({ key, hash }) => [key, hash])),
      articles: Object.fromEntries(articles) as Record<string, string>,
      items: Object.fromEntries((await releases.items()).map(({ key, content }) => [key, sha256(content)])),
      intents: ((await releases.team())?.team ?? teamForTests).intents.map(({ id }) => id),
      candidates: (await classifier.classify('where is my parcel')).candidates.map(({ id }) => id),
      edition: found.passages[0]?.text ?? null,
    };
  };

  tell({ opened: await state() });
  const vault = {
    read: () => JSON.parse(fs.readFileSync(inDir('tokens.json'), 'utf8')) as KeptTokens,
    write(tokens: KeptTokens | null) {
      fs.writeFileSync(inDir('tokens.new'), JSON.stringify(tokens), { flush: true });
      fs.renameSync(inDir('tokens.new'), inDir('tokens.json'));
    },
  };
  const service = createSyncService({
    client: createHubClient({
      baseUrl: hubUrl,
      tokens: createSession(vault, createHubClient({ baseUrl: hubUrl, tokens: null })),
    }),
    ...{ membership, staging: openStaging(inDir('sync.db')), appVersion: 'test', log: silentLogger },
    target: {
      current: () => releases.release(),
      listing: () => releases.listing(),
      apply: (update, onProgress, signal) =>
        releases.apply(update, (done, total) => onProgress({ done, total }), signal),
    },
    freeBytes: () => Promise.resolve(1e12),
    now: () => new Date(),
  });
  let told = '';
  service.onStatusChanged(({ activity, release }) => {
    const news = { doing: activity.kind, release: release?.number ?? null };
    if (told !== JSON.stringify(news)) tell(news);
    told = JSON.stringify(news);
  });
  service.start();
}

const tell = (news: DeviceNews): void => void process.stdout.write(`${JSON.stringify(news)}\n`);

const [dir = '', workerFile = '', embedderDir = ''] = process.argv.slice(2);
await runDevice(dir, workerFile, embedderDir);
