import type { BusinessKind } from '../../shared/domain/business-system.js';
import type { ConnectShop } from './business-service.js';
import { createVendureApi } from './vendure/vendure-api.js';
import { createVendureChanges } from './vendure/vendure-changes.js';
import { checkVendure, createVendureShop } from './vendure/vendure-shop.js';

export interface ConnectDeps {
  readonly fetch: typeof fetch;
  readonly now: () => Date;
}

/** A look-up holds a card; it gets this long. */
const TIMEOUT_MS = 8_000;

/** Builds the connected shop of each kind. */
export function createConnectShop({ fetch, now }: ConnectDeps): ConnectShop {
  const kinds: Readonly<Record<BusinessKind, ConnectShop>> = {
    vendure({ baseUrl, options }, password) {
      const user = options['user'] ?? '';
      const api = createVendureApi({ ...{ baseUrl, user, password, fetch }, timeoutMs: TIMEOUT_MS });
      return {
        backend: createVendureShop(api),
        changes: createVendureChanges(api, now),
        check: (signal) => checkVendure(api, signal),
      };
    },
  };
  return (system, secret) => kinds[system.kind](system, secret);
}
