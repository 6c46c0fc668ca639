import type { EgressDetail, EgressEntry, EgressToday } from '../../shared/domain/egress-entry.js';
import type { PrivacySettings, TeamPrivacy } from '../../shared/domain/personal-data.js';
import type { AppError } from '../../shared/errors/app-error.js';
import type { Logger } from '../../shared/lib/logger.js';
import { privacyInForce } from '../../shared/personal-data/privacy-in-force.js';
import { exportLedger, readDetail } from './ledger-reader.js';
import type { LedgerRetention } from './ledger-retention.js';
import type { EntryFilter, LedgerStore } from './ledger-store.js';
import type { PrivacySettingsFile } from './privacy-settings.js';

export interface PrivacyServiceDeps {
  readonly store: LedgerStore;
  readonly retention: LedgerRetention;
  readonly settings: PrivacySettingsFile;
  /** What the team in force asks for at least; null where it asks for nothing. */
  readonly team: () => TeamPrivacy | null;
  /** Forgets the values of a conversation that are in memory. */
  readonly forgetValues: (conversationId: string) => void;
  readonly now: () => Date;
  readonly log: Logger;
}

/** What left this computer, and what may. */
export interface PrivacyService {
  settings(): {
    /** In force: the stricter of the rep's and the team's. */
    readonly settings: PrivacySettings;
    /** What the rep chose; in force again when the team asks for less. */
    readonly own: PrivacySettings;
    readonly team: TeamPrivacy | null;
    readonly problem: AppError | null;
  };
  /** Keeps what the rep chose, also where the team asks for more. Takes the limits of the ledger into account at once. @throws AppErrorException WORKSPACE_NOT_WRITABLE. */
  change(change: Partial<PrivacySettings>): PrivacySettings;
  /** Newest first; `before` is the id of the last one that is known. */
  list(filter: EntryFilter, before: number | null): EgressEntry[];
  hosts(): string[];
  /** @throws AppErrorException LEDGER_ENTRY_NOT_FOUND. */
  detail(id: number): Promise<EgressDetail>;
  today(): EgressToday;
  totals(): { readonly entries: number; readonly bytes: number };
  /** Removes what left about a conversation. Returns how many requests went. */
  forget(conversationId: string): number;
  /** Returns how many requests were written. @throws AppErrorException WORKSPACE_NOT_WRITABLE. */
  export(file: string): Promise<number>;
  /** Removes what is too old or too much. */
  prune(): void;
  onChanged(listener: () => void): () => void;
  /** To be called by whoever adds to the ledger. */
  changed(): void;
}

const PAGE = 100;

export function createPrivacyService(deps: PrivacyServiceDeps): PrivacyService {
  const { store, retention, settings, now, log } = deps;
  const listeners = new Set<() => void>();
  const changed = (): void => listeners.forEach((listener) => listener());
  const prune = (): void => {
    const removed = retention.prune(settings.read(), now());
    if (removed === 0) return;
    log.info('ledger.pruned', { count: removed });
    changed();
  };
  return {
    settings: () => ({
      settings: privacyInForce(settings.read(), deps.team()),
      ...{ own: settings.read(), team: deps.team(), problem: settings.problem() },
    }),
    change(change) {
      settings.save({ ...settings.read(), ...change });
      prune();
      changed();
      return settings.read();
    },
    list: (filter, before) => store.list(filter, before, PAGE),
    hosts: () => store.hosts(),
    detail: (id) => readDetail(store, id),
    today() {
      const midnight = now();
      midnight.setHours(0, 0, 0, 0);
      return store.since(midnight.toISOString());
    },
    totals: () => store.totals(),
    forget(conversationId) {
      deps.forgetValues(conversationId);
      const removed = retention.forget(conversationId);
      log.info('ledger.forgot', { conversationId, count: removed });
      changed();
      return removed;
    },
    export: (file) => exportLedger(store, file),
    prune,
    onChanged(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    changed,
  };
}
