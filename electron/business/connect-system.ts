import type { BusinessKind } from '../../shared/domain/business-system.js';
import type { ConnectSystem } from './connected-system.js';
import { connectOpenApi } from './openapi/connect-openapi.js';
import { connectSql } from './sql/connect-sql.js';
import { createVendureApi } from './vendure/vendure-api.js';
import { createVendureChanges } from './vendure/vendure-changes.js';
import { checkVendure, createVendureShop } from './vendure/vendure-shop.js';

export interface ConnectDeps {
  readonly fetch: typeof fetch;
  readonly now: () => Date;
}

/** A look-up holds a card; it gets this long. */
const TIMEOUT_MS = 8_000;

/** A system whose tools are the catalogue's alone. */
const NO_TOOLS = { tools: () => [], writeTools: () => [] } as const;

/** Builds the connected system of each kind. */
export function createConnectSystem({ fetch, now }: ConnectDeps): ConnectSystem {
  const kinds: Readonly<Record<BusinessKind, ConnectSystem>> = {
    vendure({ baseUrl, options }, password) {
      const user = options['user'] ?? '';
      const api = createVendureApi({ ...{ baseUrl, user, password, fetch }, timeoutMs: TIMEOUT_MS });
      return {
        shop: { backend: createVendureShop(api), changes: createVendureChanges(api, now) },
        ...NO_TOOLS,
        check: (signal) => checkVendure(api, signal),
        close: () => Promise.resolve(),
      };
    },
    sql: (system, password) => connectSql(system, password, now),
    openapi: (system, secret) => connectOpenApi(system, secret, fetch),
  };
  return (system, secret) => kinds[system.kind](system, secret);
}
