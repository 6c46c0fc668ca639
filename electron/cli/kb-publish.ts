import fs from 'node:fs';
import path from 'node:path';

import { Option, type Command } from 'commander';

import type { ImportFailure, ImportReport } from '../../shared/domain/knowledge-source.js';
import { VectorEncoding } from '../../shared/domain/release.js';
import type { Rollout } from '../../shared/domain/rollout.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import { openPublishableKnowledge } from '../knowledge/release/publishable-knowledge.js';
import { readNewest, refuseOverCanary } from '../publishing/newest-release.js';
import { defaultPatience } from '../publishing/patience.js';
import type { Published } from '../publishing/published.js';
import { DEFAULT_ENCODING } from '../publishing/publisher.js';
import { createWorkspacePublisher } from '../publishing/workspace-publisher.js';
import type { WorkspaceSource } from '../publishing/workspace-release.js';
import type { HubClient } from '../sync/hub-client.js';
import type { ResourceLocations } from '../workspace/locations.js';
import { readTeamFiles } from '../workspace/team-loader.js';
import { interruptible, print, withHub, withHubOptions, type HubOptions } from './hub-access.js';
import { printable } from './import-report-text.js';
import { EXIT_INTERRUPTED, interruption } from './interruption.js';
import { withKnowledge } from './kb-engine.js';
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
  const publish = (signal: AbortSignal): Promise<number> =>
    withHub(options, process.env, async (hub) => {
      // Wrong key, wrong address, a canary that runs: said before anything is computed.
      if (options.canary === undefined) await refuseOverCanary(hub, defaultPatience, signal);
      else await refuseCanary(hub, signal);
      const workspace = await readArticles(dir, teamDir, options, resources);
      if (workspace === null) return EXIT_INTERRUPTED;
      const knowledge = openPublishableKnowledge(workspace);
      try {
        await send(hub, publishSource(knowledge, options.encoding, team), options, signal);
      } finally {
        knowledge.close();
      }
      return 0;
    });
  return interruptible(publish, 'Stopped; nothing was published. What was sent is not sent again.\n');
}

/**
 * Refuses a canary that cannot be. One of the newest release is no hindrance: the same command may have begun it.
 * @throws AppErrorException RELEASE_CANARY_RUNS, RELEASE_NO_CANARY.
 */
async function refuseCanary(hub: HubClient, signal: AbortSignal): Promise<void> {
  const { rollout } = await hub.request('rollout.read', {}, signal);
  const { releases } = await hub.request('releases.list', { query: { limit: 1 } }, signal);
  const newest = releases[0]?.number ?? 0;
  if (rollout.kind !== 'canary' || rollout.canary !== newest) canary(newest + 1, 1)(rollout);
}

async function send(
  hub: HubClient,
  source: WorkspaceSource,
  { notes, json = false, canary: percent }: PublishCommand,
  signal: AbortSignal,
): Promise<void> {
  const line = json ? () => undefined : createPublishLine(process.stderr);
  const published = await createWorkspacePublisher({ hub, source })
    .publish({ notes, assign: percent === undefined }, line, signal)
    .then((made) => ({ ...made, isNew: true }))
    .catch((cause: unknown) => alreadyThere(hub, cause, signal));
  if (!json) process.stdout.write(publishedText(published));
  const rollout =
    percent === undefined
      ? (await hub.request('rollout.read')).rollout
      : await startCanary(hub, published, percent);
  print({ json }, { ...published, rollout }, `${capital(rolloutText(rollout))}.\n`);
}

/** Imports a folder into its cache, or lets an engine bring a workspace up to date. @returns the workspace; null when it was interrupted. */
async function readArticles(
  dir: string,
  teamDir: string,
  { cache, strict, json = false }: PublishCommand,
  resources: ResourceLocations,
): Promise<string | null> {
  const isWorkspace = fs.existsSync(path.join(dir, 'workspace.json'));
  const name = path.basename(dir);
  const workspace = isWorkspace
    ? dir
    : path.resolve(cache ?? path.join(path.dirname(dir), `.cuecard-publish-${name}`));
  const code = await withKnowledge(
    { workspace, json, resources, ...(isWorkspace ? {} : { name }) },
    async (knowledge) => {
      if (isWorkspace) {
        await knowledge.list();
        return;
      }
      const report = await knowledge.importArticles([dir], interruption(), { isDetached: true });
      const failures = unread(report, teamDir);
      for (const { path: file, reason } of failures)
        process.stderr.write(`Not read: ${printable(file)}: ${reason}\n`);
      if (strict && failures.length > 0)
        throw new AppErrorException('RELEASE_FILES_UNREAD', `${String(failures.length)} files`);
    },
  );
  return code === 0 ? workspace : null;
}

/** Team files are no articles. */
const unread = ({ failures }: ImportReport, teamDir: string): ImportFailure[] =>
  failures.filter(({ path: file }) => !path.resolve(file).startsWith(`${teamDir}${path.sep}`));

/** A pipeline that runs again, or was killed after the hub had its release, has nothing to do: that is no failure. */
async function alreadyThere(hub: HubClient, cause: unknown, signal: AbortSignal): Promise<Outcome> {
  const isThere = cause instanceof AppErrorException && cause.error.code === 'RELEASE_NOTHING_TO_PUBLISH';
  const { manifest } = isThere ? await readNewest(hub, defaultPatience, signal) : { manifest: null };
  if (!manifest) throw cause;
  return { number: manifest.number, articlesChanged: 0, segmentsSent: 0, bytesSent: 0, isNew: false };
}

/** Does nothing where the release is what everybody, or the canary, runs already. */
async function startCanary(hub: HubClient, { number }: Published, percent: number): Promise<Rollout> {
  const { rollout } = await hub.request('rollout.read');
  if (rollout.kind === 'all' && rollout.release === number) return rollout;
  return (await changeRollout(hub, canary(number, percent))).rollout;
}

function publishedText({ number, articlesChanged, segmentsSent, bytesSent, isNew }: Outcome): string {
  if (!isNew) return `Nothing to publish: release ${String(number)} has this content already.\n`;
  const sent = `${segmentsSent.toLocaleString('en')} parts, ${(bytesSent / 1e6).toFixed(2)} MB`;
  return `Release ${String(number)} is published. Articles changed: ${String(articlesChanged)}. Sent: ${sent}.\n`;
}
