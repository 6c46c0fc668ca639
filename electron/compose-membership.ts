import fs from 'node:fs';
import os from 'node:os';

import type { CreateLogger } from '../shared/lib/logger.js';
import type { EngineReleases } from './engine/engine.js';
import type { FeedbackDelivery } from './feedback/feedback-delivery.js';
import type { HubClient } from './sync/hub-client.js';
import { createMembershipFile } from './sync/membership.js';
import type { ReleaseTarget } from './sync/release-target.js';
import { followDemoHub, joinDemoTeam, type DemoTeamDeps } from './team/demo-team.js';
import { createTeamService, type TeamService, type TeamServiceDeps } from './team/team-service.js';
import type { SecretPlace } from './team/token-vault.js';
import { demoHubFiles } from './workspace/demo-hub-files.js';
import { teamFiles } from './workspace/team-files.js';
import type { WorkspacePaths } from './workspace/workspace.js';

export interface MembershipOptions extends Pick<
  TeamServiceDeps,
  'appVersion' | 'openBrowser' | 'onRemoval' | 'hubFetch'
> {
  readonly home: string;
  readonly workspace: WorkspacePaths;
  /** `CUECARD_DEMO_HUB`: address of the hub that `npm start` runs beside the app. */
  readonly env: NodeJS.ProcessEnv;
  readonly releases: EngineReleases;
  readonly deliverTo: (hub: HubClient) => FeedbackDelivery;
  /** Keeps one secret in this file. */
  readonly secretIn: (file: string) => SecretPlace;
  readonly createLogger: CreateLogger;
  readonly now: () => Date;
}

/** The team of this computer, with what hangs on the membership. */
export interface ComposedMembership {
  readonly service: TeamService;
  start(): void;
  /** Joins the demo's team as soon as its hub is there. Does nothing without one, or when that was done before. */
  joinDemo(): void;
  close(): Promise<void>;
}

/** Builds the membership: releases go into the engine, decisions to the hub. */
export function composeMembership(options: MembershipOptions): ComposedMembership {
  const { workspace, releases, createLogger, now } = options;
  const files = teamFiles(workspace.membershipDir);
  const service = createTeamService({
    membershipDir: workspace.membershipDir,
    tokens: options.secretIn(files.tokens),
    target: releaseTargetOf(releases),
    freeBytes: () => freeBytes(workspace.dir),
    appVersion: options.appVersion,
    deviceName: os.hostname() || 'computer',
    openBrowser: options.openBrowser,
    onRemoval: options.onRemoval,
    ...(options.hubFetch && { hubFetch: options.hubFetch }),
    ...{ createLogger, now },
  });
  service.whileJoined((hub) => {
    const delivery = options.deliverTo(hub);
    return {
      onHubEvent: (event) => delivery.onHubEvent(event),
      onReachable: () => delivery.connected(),
      close: () => delivery.close(),
    };
  });
  const hubUrl = options.env['CUECARD_DEMO_HUB'];
  const demo: DemoTeamDeps | null = hubUrl
    ? {
        ...{ hubUrl, files: demoHubFiles(options.home), team: service, log: createLogger('team') },
        membership: createMembershipFile(files.membership),
      }
    : null;
  const closing = new AbortController();
  return {
    service,
    start() {
      if (demo) followDemoHub(demo);
      service.start();
    },
    joinDemo() {
      if (demo) void joinDemoTeam(demo, closing.signal);
    },
    close() {
      closing.abort();
      return service.close();
    },
  };
}

/** Where the sync brings releases: into the engine. */
function releaseTargetOf(releases: EngineReleases): ReleaseTarget {
  return {
    current: () => releases.release(),
    listing: () => releases.listing(),
    apply: (update, onProgress, signal) =>
      releases.apply(update, (done, total) => onProgress({ done, total }), signal),
  };
}

async function freeBytes(dir: string): Promise<number> {
  const { bavail, bsize } = await fs.promises.statfs(dir);
  return bavail * bsize;
}
