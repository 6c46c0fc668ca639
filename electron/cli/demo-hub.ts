import fs from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';

import type { DemoInvitation } from '../../shared/domain/demo-invitation.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import { silentLogger } from '../../shared/lib/logger.js';
import { wordsOf } from '../../release/team-key.js';
import { openPublishableKnowledge } from '../knowledge/release/publishable-knowledge.js';
import { refuseCancelled } from '../publishing/patience.js';
import { DEFAULT_ENCODING } from '../publishing/publisher.js';
import { createWorkspacePublisher } from '../publishing/workspace-publisher.js';
import type { HubClient } from '../sync/hub-client.js';
import { demoHubFiles } from '../workspace/demo-hub-files.js';
import { cuecardHome, type ResourceLocations } from '../workspace/locations.js';
import { writeJson } from '../workspace/team-files.js';
import { readTeamFiles } from '../workspace/team-loader.js';
import { withHub } from './hub-access.js';
import { publishSource } from './publish-source.js';
import { stopSignal } from './stop-signal.js';

export interface DemoHubCommand {
  readonly resources: ResourceLocations;
  readonly env: NodeJS.ProcessEnv;
}

const HOST = '127.0.0.1';
/** What the hub writes as the author of whatever its own key publishes. */
const DEMO_AUTHOR = 'hub key';

/**
 * `cuecard demo hub`: the hub that `npm start` runs the demo against. It listens on this computer alone, publishes the demo team, and leaves
 * an invitation for the app. Its first line is its address, before it answers.
 * @throws AppErrorException HUB_FOLDER_TAKEN when the demo's hub runs already.
 */
export async function runDemoHub({ resources, env }: DemoHubCommand): Promise<number> {
  // Before the store is opened: whoever ends this process while it starts would cut the store off in the middle of its work.
  const stopping = new AbortController();
  const stopped = stopSignal().then(() => stopping.abort());
  const files = demoHubFiles(cuecardHome(env));
  fs.mkdirSync(files.dir, { recursive: true, mode: 0o700 });
  const port = await freePort(Number(readText(files.port) ?? 0));
  process.stdout.write(`${JSON.stringify({ url: `http://${HOST}:${String(port)}` })}\n`);
  const { startHub } = await import('../../hub/start-hub.js');
  const { readHubConfig } = await import('../../hub/config.js');
  // Nothing of the environment: a hub of one's own may be set up there.
  const config = readHubConfig({ CUECARD_HUB_PORT: String(port), CUECARD_HUB_TEAM: 'Demo team' }, files.dir);
  const hub = await startHub(config, { newKey: true }, () => silentLogger);
  try {
    fs.writeFileSync(files.port, String(port));
    await withHub({ hub: hub.url }, { CUECARD_HUB_KEY: hub.made.hubKey ?? '' }, async (client) => {
      await publishDemo(client, resources.demoWorkspaceDir, stopping.signal);
      writeJson(files.invitation, await invite(client, hub.url));
    });
    await stopped;
    return 0;
  } catch (cause) {
    if (!stopping.signal.aborted) throw cause;
    return 0;
  } finally {
    fs.rmSync(files.invitation, { force: true });
    await hub.stop();
  }
}

/** Publishes the demo team where nobody published anything, or where a newer demo came and nobody but the demo ever published. */
async function publishDemo(hub: HubClient, workspaceDir: string, signal: AbortSignal): Promise<void> {
  refuseCancelled(signal);
  const { releases } = await hub.request('releases.list', { query: { limit: 200 } }, signal);
  if (releases.some(({ createdBy }) => createdBy !== DEMO_AUTHOR)) return;
  const knowledge = openPublishableKnowledge(workspaceDir);
  try {
    const source = publishSource(knowledge, DEFAULT_ENCODING, readTeamFiles(path.join(workspaceDir, 'team')));
    const notes = releases.length === 0 ? 'The demo team.' : 'A newer demo team.';
    await createWorkspacePublisher({ hub, source, allowRemoval: true }).publish(
      { notes, assign: true },
      () => undefined,
      signal,
    );
  } catch (cause) {
    const isThere = cause instanceof AppErrorException && cause.error.code === 'RELEASE_NOTHING_TO_PUBLISH';
    if (!isThere) throw cause;
  } finally {
    knowledge.close();
  }
}

/** A lead's, so that the demo shows all there is. Those of earlier starts that nobody used end. */
async function invite(hub: HubClient, url: string): Promise<DemoInvitation> {
  const { invites } = await hub.request('members.invites');
  for (const { id } of invites) await hub.request('members.cancel_invite', { params: { id } });
  const { code } = await hub.request('members.invite', {
    body: { role: 'lead', name: 'You', email: null, expiresInHours: 24 },
  });
  const { workspace } = await hub.request('access.me');
  const { teamKeys } = await hub.request('access.team_keys');
  return { url, workspaceId: workspace.id, code, words: wordsOf(teamKeys.at(-1)?.publicKey ?? '') };
}

/** The port wanted where it is free, else any that is. */
async function freePort(wanted: number): Promise<number> {
  const listen = (port: number): Promise<number> =>
    new Promise((resolve, reject) => {
      const probe = createServer();
      probe.once('error', reject);
      probe.listen(port, HOST, () => {
        const address = probe.address();
        probe.close(() => resolve(typeof address === 'object' && address ? address.port : port));
      });
    });
  return listen(wanted).catch(() => listen(0));
}

function readText(file: string): string | null {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
