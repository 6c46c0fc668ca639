import type { TeamPrivacy } from '../shared/domain/personal-data.js';
import type { TeamProfile } from '../shared/domain/team.js';
import { errorCodeOf } from '../shared/errors/app-error.js';
import type { CreateLogger, Logger } from '../shared/lib/logger.js';
import type { Detector } from '../shared/personal-data/detect.js';
import { privacyInForce } from '../shared/personal-data/privacy-in-force.js';
import { warmUpRules } from '../shared/personal-data/rule-detector.js';
import { openLedgerOfApp, openLedgerOfCommand } from './compose-ledger.js';
import type { DeskStorage } from './compose-storage.js';
import type { EgressLedger } from './models/outbound-port.js';
import { createEgressLedger } from './privacy/egress-ledger.js';
import { createLedgerRetention } from './privacy/ledger-retention.js';
import { createLedgerStore, type LedgerStore } from './privacy/ledger-store.js';
import { createOutboundGuard, type PrivacyGuard } from './privacy/outbound-guard.js';
import { createPlaceholderStore } from './privacy/placeholder-store.js';
import { createPrivacyService, type PrivacyService } from './privacy/privacy-service.js';
import { createPrivacySettingsFile } from './privacy/privacy-settings.js';
import { createTeamDetector } from './privacy/team-detector.js';
import type { WorkspacePaths } from './workspace/workspace.js';

export interface PrivacyOptions {
  readonly workspace: Pick<WorkspacePaths, 'ledgerDatabase' | 'privacy'>;
  /** Of the team in force: its numbers, the words that are nobody's, and what may leave at most. */
  readonly profile: () => TeamProfile;
  /** How the app opens its databases; left out on the command line. */
  readonly storage?: DeskStorage;
  readonly createLogger: CreateLogger;
  readonly now: () => Date;
}

/** Everything between the product and the network. */
export interface Privacy {
  readonly guard: PrivacyGuard;
  readonly ledger: EgressLedger;
  readonly service: PrivacyService;
  close(): void;
}

const PRUNE_EVERY_MS = 3_600_000;
const TAKE_OVER_EVERY_MS = 60_000;
const WARM_UP_AFTER_MS = 2000;
const WARM_UP_PAUSE_MS = 20;

/**
 * Builds the guard and the ledger of a workspace.
 * @throws AppErrorException LEDGER_NOT_WRITABLE when its ledger cannot be opened, LEDGER_NEEDS_APP on the command line.
 */
export function composePrivacy(options: PrivacyOptions): Privacy {
  const { workspace, storage, profile, createLogger, now } = options;
  const log = createLogger('privacy');
  const opened = storage
    ? openLedgerOfApp(workspace.ledgerDatabase, storage, log)
    : openLedgerOfCommand(workspace.ledgerDatabase);
  const { database } = opened;
  const settings = createPrivacySettingsFile(workspace.privacy);
  const team = (): TeamPrivacy | null => profile().privacy ?? null;
  const store = createLedgerStore(database);
  const guard = createOutboundGuard({
    detector: detectorOf(profile),
    settings: () => privacyInForce(settings.read(), team()),
    placeholders: createPlaceholderStore(database),
    log,
  });
  const retention = createLedgerRetention(database);
  const service = createPrivacyService({
    ...{ store, settings, team, now, log },
    retention: {
      ...retention,
      forget(conversationId) {
        // Also what a command wrote since the last time.
        opened.takeOver();
        return retention.forget(conversationId);
      },
    },
    forgetValues: (conversationId) => guard.forget(conversationId),
  });
  const takeOver = (): void => {
    if (opened.takeOver() > 0) service.changed();
  };
  takeOver();
  closeAbandoned(store, new Date(now().getTime() - ABANDONED_AFTER_MS), log);
  service.prune();
  const pruning = setInterval(() => service.prune(), PRUNE_EVERY_MS).unref();
  const takingOver = setInterval(takeOver, TAKE_OVER_EVERY_MS).unref();
  const warming = warmUpSoon();
  return {
    guard,
    ledger: createEgressLedger({
      ...{ store, log, now, onChanged: () => service.changed() },
      maySend: (kind) => kind === 'feedback' || kind === 'approval' || guard.maySend(),
    }),
    service,
    close() {
      clearInterval(pruning);
      clearInterval(takingOver);
      warming.stop();
      opened.close();
    },
  };
}

/** Prepares the detector after the start, a few milliseconds at a time. */
function warmUpSoon(): { stop: () => void } {
  const steps = warmUpRules();
  let timer = setTimeout(step, WARM_UP_AFTER_MS).unref();
  function step(): void {
    if (!steps.next().done) timer = setTimeout(step, WARM_UP_PAUSE_MS).unref();
  }
  return { stop: () => clearTimeout(timer) };
}

/** A call ends long before; another process of ours may be waiting for its answer right now. */
const ABANDONED_AFTER_MS = 15 * 60_000;

/** Requests that a kill left without an end. */
function closeAbandoned(store: LedgerStore, before: Date, log: Logger): void {
  try {
    const count = store.closeOpen(before.toISOString());
    if (count > 0) log.info('ledger.abandoned_closed', { count });
  } catch (cause) {
    log.warn('ledger.not_written', { code: errorCodeOf(cause) });
  }
}

/** Made anew when the team's profile changes. */
function detectorOf(profile: () => TeamProfile): () => Detector {
  let made: { readonly of: TeamProfile; readonly detector: Detector } | null = null;
  return () => {
    const now = profile();
    if (made?.of !== now) made = { of: now, detector: createTeamDetector(now) };
    return made.detector;
  };
}
