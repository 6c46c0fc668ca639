import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { defaultPrivacy, type PrivacySettings } from '../../shared/domain/personal-data.js';
import { silentLogger } from '../../shared/lib/logger.js';
import { createRuleDetector } from '../../shared/personal-data/rule-detector.js';
import { openDatabase, type Database } from '../storage/database.js';
import { createEgressLedger, type EgressLedgerDeps } from './egress-ledger.js';
import { createLedgerStore } from './ledger-store.js';
import { createOutboundGuard } from './outbound-guard.js';
import { createPlaceholderStore } from './placeholder-store.js';
import { privacyMigrations } from './privacy-tables.js';

/** A ledger database in a folder of its own; `reopen` is a restart. */
export function ledgerForTests(): { database: () => Database; reopen: () => Database; remove: () => void } {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'cuecard-ledger-'));
  const open = (): Database =>
    openDatabase(path.join(dir, 'ledger.db'), [{ scope: 'privacy', statements: privacyMigrations }]);
  let database = open();
  return {
    database: () => database,
    reopen() {
      database.close();
      return (database = open());
    },
    remove() {
      database.close();
      fs.rmSync(dir, { recursive: true, force: true });
    },
  };
}

const DETECTOR = createRuleDetector({ orderPatterns: ['HP-\\d{6}'] });

export const guardForTests = (database: Database, settings: Partial<PrivacySettings> = {}) =>
  createOutboundGuard({
    detector: () => DETECTOR,
    settings: () => ({ ...defaultPrivacy, ...settings }),
    placeholders: createPlaceholderStore(database),
    log: silentLogger,
  });

export const egressLedgerForTests = (database: Database, deps: Partial<EgressLedgerDeps> = {}) =>
  createEgressLedger({
    store: createLedgerStore(database),
    log: silentLogger,
    now: () => new Date('2026-11-27T10:00:00Z'),
    ...deps,
  });
