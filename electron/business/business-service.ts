import type { BusinessView } from '../../shared/contracts/ipc/business.js';
import type { BusinessReport, BusinessSystem } from '../../shared/domain/business-system.js';
import type { KeyPlace } from '../../shared/domain/key-place.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import type { Logger } from '../../shared/lib/logger.js';
import type { ShopBackend } from '../agents/tools/shop-backend.js';
import type { ShopChanges } from '../agents/tools/shop-changes.js';
import { deadline } from '../deadline.js';

/** A shop that is looked into and changed. */
export interface ConnectedShop {
  readonly backend: ShopBackend;
  readonly changes: ShopChanges;
  /** Whether sign-in and reading work, in words. @throws AppErrorException BUSINESS_*. */
  check(signal: AbortSignal): Promise<BusinessReport>;
}

export type ConnectShop = (system: BusinessSystem, secret: () => string) => ConnectedShop;

/** Secrets by system. One is never used for another address than it was entered for. */
export interface BusinessSecrets {
  readonly canStore: () => boolean;
  read(system: BusinessSystem): string | null;
  placeOf(system: BusinessSystem): KeyPlace;
  keep(system: BusinessSystem, secret: string): void;
  forget(system: BusinessSystem): void;
}

export interface BusinessServiceDeps {
  readonly systems: readonly BusinessSystem[];
  readonly save: (systems: readonly BusinessSystem[]) => void;
  readonly secrets: BusinessSecrets;
  readonly connect: ConnectShop;
  /** The demo's own shop, which counts while none is connected; null where there is none. */
  readonly demo: Omit<ConnectedShop, 'check'> | null;
  /** Runs and tools made before hold the old shop. */
  readonly onChanged: () => void;
  readonly log: Logger;
}

/** Which business systems are connected, and the shop that is in force. */
export interface BusinessService {
  view(): BusinessView;
  /** @throws AppErrorException BUSINESS_*. */
  test(system: BusinessSystem, secret: string | null): Promise<BusinessReport>;
  /** @throws AppErrorException WORKSPACE_NOT_WRITABLE, BUSINESS_ADDRESS_INVALID; what was before stays then. */
  save(system: BusinessSystem, secret: string | null): BusinessView;
  remove(id: string): BusinessView;
  /** The first connected one, else the demo's; null where there is none. */
  shop(): Omit<ConnectedShop, 'check'> | null;
}

const TEST_MS = 20_000;

export function createBusinessService(deps: BusinessServiceDeps): BusinessService {
  const { secrets, connect, demo, onChanged, log } = deps;
  let systems = [...deps.systems];
  let shop = shopOf(systems);

  function shopOf([first]: readonly BusinessSystem[]): Omit<ConnectedShop, 'check'> | null {
    return first ? connect(first, () => secrets.read(first) ?? '') : demo;
  }

  function view(): BusinessView {
    return {
      systems: systems.map((system) => ({ system, secret: secrets.placeOf(system) })),
      canStoreKeys: secrets.canStore(),
      source: systems.length > 0 ? 'system' : demo ? 'demo' : 'none',
    };
  }

  function change(next: BusinessSystem[]): BusinessView {
    deps.save(next);
    systems = next;
    shop = shopOf(next);
    log.info('business.systems_changed', { count: next.length });
    onChanged();
    return view();
  }

  return {
    view,
    async test(entered, secret) {
      const system = withAddress(entered);
      const kept = secrets.read(system) ?? '';
      const limit = deadline(TEST_MS);
      try {
        return await connect(system, () => secret ?? kept).check(limit.signal);
      } finally {
        limit.clear();
      }
    },
    save(entered, secret) {
      const system = withAddress(entered);
      if (secret !== null) secrets.keep(system, secret);
      return change([system, ...systems.filter(({ id }) => id !== system.id)]);
    },
    remove(id) {
      const system = systems.find((one) => one.id === id);
      if (!system) return view();
      const after = change(systems.filter((one) => one.id !== id));
      secrets.forget(system);
      return after;
    },
    shop: () => shop,
  };
}

/** The address without what a person may have copied along. @throws AppErrorException BUSINESS_ADDRESS_INVALID. */
function withAddress(system: BusinessSystem): BusinessSystem {
  const url = URL.parse(system.baseUrl.trim());
  const isLocal = url !== null && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  if (!url || (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLocal)))
    throw new AppErrorException('BUSINESS_ADDRESS_INVALID', system.baseUrl.slice(0, 200));
  if (url.username !== '' || url.password !== '') throw new AppErrorException('BUSINESS_ADDRESS_INVALID');
  const path = url.pathname.replace(/\/(?:admin-api|admin|dashboard)?\/?$/u, '');
  return { ...system, baseUrl: `${url.origin}${path}` };
}
