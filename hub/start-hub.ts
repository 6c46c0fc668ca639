import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { AppErrorException } from '../shared/errors/app-error.js';
import type { CreateLogger } from '../shared/lib/logger.js';
import { createHub, type Hub } from './app.js';
import type { HubConfig } from './config.js';
import { keepHouse } from './housekeeping.js';
import { createHubLogger } from './logging.js';
import { readOrMakeSecret } from './secret-file.js';
import type { SegmentStore } from './segments/segment-store.js';
import type { HubDatabase } from './storage/hub-database.js';
import { openPostgres } from './storage/postgres-database.js';

export interface RunningHub {
  readonly url: string;
  /** What is to be shown now and never again; null what was shown before. */
  readonly made: { readonly hubKey: string | null; readonly inviteCode: string | null };
  /** Goes on answering for a moment (`drainSeconds`), lets requests finish, closes the database. */
  stop(): Promise<void>;
}

const HOUR_MS = 3600_000;

interface Opened {
  readonly hub: Hub;
  readonly database: HubDatabase;
  /** Null where segments lie in the database. */
  readonly segmentStore: SegmentStore | null;
}

/**
 * Opens the database, makes its tables and listens.
 * @param extra a new hub key, or another invite for an operator, where those of the first start are lost.
 * @throws AppErrorException HUB_CONFIG_INVALID, HUB_FOLDER_TAKEN, HUB_STORE_UNAVAILABLE.
 */
export async function startHub(
  config: HubConfig,
  extra: { readonly newKey?: boolean; readonly newInvite?: boolean } = {},
  createLogger: CreateLogger = createHubLogger(config.logLevel),
): Promise<RunningHub> {
  const database = await openDatabase(config, createLogger);
  let hub: Hub | null = null;
  let segmentStore: SegmentStore | null = null;
  try {
    segmentStore = await openSegmentStore(config);
    hub = await createHub({
      database,
      ...(segmentStore ? { segmentStore } : {}),
      secret: config.secret ?? readOrMakeSecret(config.folder),
      previousSecret: config.previousSecret,
      hubKey: config.operatorKey,
      replaceHubKey: extra.newKey ?? false,
      firstTeam: config.team,
      oidc: config.oidc,
      now: () => new Date(),
      createLogger,
      limits: config.limits,
      metricsToken: config.metricsToken,
      trustedProxies: config.trustedProxies,
      tls: config.tls && readTls(config.tls),
    });
    const inviteCode =
      hub.made.inviteCode ?? (extra.newInvite ? await hub.access.workspaces.inviteAnotherOperator() : null);
    const url = await listen(hub, config);
    return {
      url,
      made: { hubKey: hub.made.hubKey, inviteCode },
      stop: keepGoing({ hub, database, segmentStore }, config, createLogger),
    };
  } catch (cause) {
    await hub?.close();
    segmentStore?.close();
    await database.close();
    throw cause;
  }
}

async function openDatabase(config: HubConfig, createLogger: CreateLogger): Promise<HubDatabase> {
  const { databaseUrl, databaseConnections, statementSeconds, folder } = config;
  if (databaseUrl === null) {
    // Loaded where it is used only: with a server a hub needs no package beside its bundle.
    const { openPglite } = await import('./storage/pglite-database.js');
    return openPglite(path.join(folder, 'database'));
  }
  return openPostgres({
    url: databaseUrl,
    connections: databaseConnections,
    statementMs: statementSeconds * 1000,
    log: createLogger('database'),
  });
}

/** Null for the database. The bucket is looked at here, so that a wrong name shows at the start and not at the first release. */
async function openSegmentStore({ s3 }: HubConfig): Promise<SegmentStore | null> {
  if (!s3) return null;
  const { createS3Segments } = await import('./segments/s3-segments.js');
  const store = createS3Segments(s3);
  try {
    await store.check();
    return store;
  } catch (cause) {
    store.close();
    throw cause;
  }
}

async function listen(hub: Hub, { host, port }: HubConfig): Promise<string> {
  try {
    return await hub.app.listen({ host, port });
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new AppErrorException(
      'HUB_CONFIG_INVALID',
      `CUECARD_HUB_HOST, CUECARD_HUB_PORT: ${host}:${port}: ${reason}`,
      {
        cause,
      },
    );
  }
}

function readTls(files: { certificate: string; key: string }): { cert: Buffer; key: Buffer } {
  const read = (variable: string, file: string): Buffer => {
    try {
      return readFileSync(file);
    } catch (cause) {
      throw new AppErrorException('HUB_CONFIG_INVALID', `${variable}: ${file} cannot be read`, { cause });
    }
  };
  return {
    cert: read('CUECARD_HUB_TLS_CERTIFICATE', files.certificate),
    key: read('CUECARD_HUB_TLS_KEY', files.key),
  };
}

/** Clears away what expired, now and then. @returns how to stop. */
function keepGoing(
  { hub, database, segmentStore }: Opened,
  config: HubConfig,
  createLogger: CreateLogger,
): () => Promise<void> {
  const log = createLogger('hub');
  log.info('hub.started', { store: database.kind });
  const { approvalDays } = config;
  const cleaning = setInterval(() => void keepHouse(hub, { approvalDays, log }), HOUR_MS);
  cleaning.unref();
  return async () => {
    clearInterval(cleaning);
    hub.startDraining();
    log.info('hub.stopping');
    await sleep(config.drainSeconds * 1000);
    await hub.close();
    segmentStore?.close();
    await database.close();
    log.info('hub.stopped');
  };
}
