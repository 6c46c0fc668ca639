import fs from 'node:fs';
import path from 'node:path';

import { Option, type Command } from 'commander';

import { VectorEncoding } from '../../shared/domain/release.js';
import type { Rollout } from '../../shared/domain/rollout.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import { openPublishableKnowledge } from '../knowledge/release/publishable-knowledge.js';
import { readNewest, refuseOverCanary } from '../publishing/newest-release.js';
import { defaultPatience, patiently } from '../publishing/patience.js';
import type { Published, PublishProgress } from '../publishing/published.js';
import { DEFAULT_ENCODING } from '../publishing/publisher.js';
import { createWorkspacePublisher } from '../publishing/workspace-publisher.js';
import type { WorkspaceSource } from '../publishing/workspace-release.js';
import type { HubClient } from '../sync/hub-client.js';
import type { ResourceLocations } from '../workspace/locations.js';
import { readTeamFiles } from '../workspace/team-loader.js';
import { interruptible, print, reachHub, withHub, withHubOptions, type HubOptions } from './hub-access.js';
import { EXIT_INTERRUPTED } from './interruption.js';
import { readArticles } from './publish-articles.js';
import { createPublishLine } from './publish-progress-line.js';
import { publishSource } from './publish-source.js';
import { canary, capital, changeRollout, rolloutText } from './rollout-changes.js';
import { wholeNumber } from './whole-number.js';

interface PublishCommand extends HubOptions {
  readonly notes: string;
  readonly canary?: number;
  readonly encoding: VectorEncoding;
  readonly team?: string;
  readonly cache?: string;
  readonly strict?: boolean;
  readonly allowRemoval?: boolean;
}

/** False in `isNew` where the newest release had all of it already. */
type Outcome = Published & { readonly isNew: boolean };

/** Adds `cuecard kb publish`. */
export function addPublishCommand(
  kb: Command,
  resources: ResourceLocations,
  finish: (code: number) => void,
): void {
  withHubOptions(
    kb
      .command('publish')
      .description('Make a release of a folder of articles, or of a workspace, and publish it for the team.')
      .argument('<dir>', 'folder of articles (what "kb import" reads), or a workspace'),
  )
    .option('--notes <text>', 'what people read about the release', '')
    .option('--canary <percent>', 'give it to so many of a hundred members only', wholeNumber(100))
    .option('--team <dir>', 'folder of team files: team.json, intents.json, … (default: <dir>/team)')
    .option(
      '--cache <dir>',
      'workspace that keeps passages and vectors for the next time (default: .cuecard-publish-<name> beside <dir>)',
    )
    .addOption(
      new Option('--encoding <encoding>', 'how vectors travel (docs/sync-protocol.md)')
        .choices(VectorEncoding.options)
        .default(DEFAULT_ENCODING),
    )
    .option('--strict', 'publish nothing when a file cannot be read')
    .option(
      '--allow-removal',
      'publish also when many articles would go, or ones that may only be unreadable',
    )
    .action(async (dir: string, options: PublishCommand) =>
      finish(await runPublish(path.resolve(dir), options, resources)),
    );
}

async function runPublish(
  dir: string,
  options: PublishCommand,
  resources: ResourceLocations,
): Promise<number> {
  if (!fs.existsSync(dir)) throw new AppErrorException('KNOWLEDGE_SOURCE_NOT_FOUND', dir);
  const teamDir = path.resolve(options.team ?? path.join(dir, 'team'));
  if (options.team !== undefined && !fs.existsSync(teamDir))
    throw new AppErrorException('KNOWLEDGE_SOURCE_NOT_FOUND', teamDir);
  const team = readTeamFiles(teamDir);
  let step: PublishProgress['step'] = 'reading';
  const note = (progress: PublishProgress): void => void ({ step } = progress);
  const publish = (signal: AbortSignal): Promise<number> =>
    withHub(options, process.env, async (hub) => {
      // Wrong key, wrong address, a canary that runs: said before anything is computed.
      await reachHub(hub, signal);
      if (options.canary === undefined) await refuseOverCanary(hub, defaultPatience, signal);
      else await refuseCanary(hub, signal);
      const { cache, strict = false, json = false } = options;
      const read = await readArticles({ dir, teamDir, cache, strict, json }, resources);
      if (read === null) return EXIT_INTERRUPTED;
      const knowledge = openPublishableKnowledge(read.workspace);
      try {
        const source = publishSource(knowledge, options.encoding, team, read.unread);
        await send(hub, source, options, note, signal);
      } finally {
        knowledge.close();
      }
      return 0;
    });
  return interruptible(publish, () =>
    step === 'publishing'
      ? 'Stopped. It may have been published; see "cuecard releases list".\n'
      : 'Stopped; nothing was published. What was sent is not sent again.\n',
  );
}

/**
 * Refuses a canary that cannot be. One of the newest release is no hindrance: the same command may have begun it.
 * @throws AppErrorException as {@link canary}.
 */
async function refuseCanary(hub: HubClient, signal: AbortSignal): Promise<void> {
  const rollout = await readRollout(hub, signal);
  const list = () => hub.request('releases.list', { query: { limit: 1 } }, signal);
  const newest = (await patiently(list, defaultPatience, signal)).releases[0]?.number ?? 0;
  if (rollout.kind !== 'canary' || rollout.canary !== newest) canary(newest + 1, 1)(rollout);
}

const readRollout = async (hub: HubClient, signal: AbortSignal): Promise<Rollout> =>
  (await patiently(() => hub.request('rollout.read', {}, signal), defaultPatience, signal)).rollout;

async function send(
  hub: HubClient,
  source: WorkspaceSource,
  { notes, json = false, canary: percent, allowRemoval = false }: PublishCommand,
  note: (progress: PublishProgress) => void,
  signal: AbortSignal,
): Promise<void> {
  const line = json ? () => undefined : createPublishLine(process.stderr);
  const tell = (progress: PublishProgress): void => {
    note(progress);
    line(progress);
  };
  const published = await createWorkspacePublisher({ hub, source, allowRemoval })
    .publish({ notes, assign: percent === undefined }, tell, signal)
    .then((made) => ({ ...made, isNew: true }))
    .catch((cause: unknown) => alreadyThere(hub, cause, signal));
  if (!json) process.stdout.write(publishedText(published));
  const rollout =
    percent === undefined
      ? await readRollout(hub, signal)
      : await startCanary(hub, published, percent, signal);
  print({ json }, { ...published, rollout }, `${capital(rolloutText(rollout))}.\n`);
}

/** A pipeline that runs again, or was killed after the hub had its release, has nothing to do: that is no failure. */
async function alreadyThere(hub: HubClient, cause: unknown, signal: AbortSignal): Promise<Outcome> {
  const isThere = cause instanceof AppErrorException && cause.error.code === 'RELEASE_NOTHING_TO_PUBLISH';
  const { manifest } = isThere ? await readNewest(hub, defaultPatience, signal) : { manifest: null };
  if (!manifest) throw cause;
  const articles = { added: 0, changed: 0, removed: 0 };
  const nothing = { articlesChanged: 0, articles, segmentsSent: 0, bytesSent: 0 };
  return { number: manifest.number, ...nothing, isNew: false };
}

/** Does nothing where the release is what everybody, or the canary, runs already. */
async function startCanary(
  hub: HubClient,
  { number }: Published,
  percent: number,
  signal: AbortSignal,
): Promise<Rollout> {
  const rollout = await readRollout(hub, signal);
  if (rollout.kind === 'all' && rollout.release === number) return rollout;
  const change = () => changeRollout(hub, canary(number, percent), signal);
  return (await patiently(change, defaultPatience, signal)).rollout;
}

function publishedText({ number, articles, segmentsSent, bytesSent, isNew }: Outcome): string {
  if (!isNew) return `Nothing to publish: release ${String(number)} has this content already.\n`;
  const [added, changed, removed] = [articles.added, articles.changed, articles.removed].map((count) =>
    count.toLocaleString('en'),
  );
  const sent = `${segmentsSent.toLocaleString('en')} parts, ${(bytesSent / 1e6).toFixed(2)} MB`;
  return `Release ${String(number)} is published. Articles: ${added} added, ${changed} changed, ${removed} removed. Sent: ${sent}.\n`;
}
