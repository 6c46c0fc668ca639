import type { ToolServer } from '../../shared/domain/tool-server.js';
import type { BusinessKind } from '../../shared/domain/business-system.js';
import type { ConnectSystem } from './connected-system.js';
import { forChanges } from './http/ask-json.js';
import { connectMcp } from './mcp/connect-mcp.js';
import { connectOpenApi } from './openapi/connect-openapi.js';
import { connectSql } from './sql/connect-sql.js';
import { connectHubSpot, connectSalesforce } from './crm/connect-crm.js';
import { createShopifyApi } from './shopify/shopify-api.js';
import { createShopifyChanges } from './shopify/shopify-changes.js';
import { checkShopify, createShopifyShop } from './shopify/shopify-shop.js';
import { connectStripe } from './stripe/connect-stripe.js';
import { createVendureApi } from './vendure/vendure-api.js';
import { createVendureChanges } from './vendure/vendure-changes.js';
import { checkVendure, createVendureShop } from './vendure/vendure-shop.js';

export interface ConnectDeps {
  readonly fetch: typeof fetch;
  readonly now: () => Date;
  /** The programs the team allows to be started for their tools. */
  readonly toolServers: () => readonly ToolServer[];
}

/** A look-up holds a card; it gets this long. */
const TIMEOUT_MS = 8_000;
/** A change gets as long as its tool has: whoever gives up early does not know whether it was made. */
const CHANGE_MS = 20_000;

/** A system whose tools are the catalogue's alone. */
const NO_TOOLS = { tools: () => [], writeTools: () => [] } as const;

/** Builds the connected system of each kind. */
export function createConnectSystem({ fetch, now, toolServers }: ConnectDeps): ConnectSystem {
  const http = { fetch, timeoutMs: TIMEOUT_MS, changeTimeoutMs: CHANGE_MS };
  const kinds: Readonly<Record<BusinessKind, ConnectSystem>> = {
    vendure({ baseUrl, options }, password) {
      const user = options['user'] ?? '';
      const api = createVendureApi({ ...http, baseUrl, user, password });
      const changing = createVendureApi({ ...forChanges(http), baseUrl, user, password });
      return {
        shop: { backend: createVendureShop(api), changes: createVendureChanges(changing, now) },
        ...NO_TOOLS,
        check: (signal) => checkVendure(api, signal),
        close: () => Promise.resolve(),
      };
    },
    sql: (system, password) => connectSql(system, password, now),
    openapi: (system, secret) => connectOpenApi(system, secret, fetch),
    mcp: (system, secret) => connectMcp(system, { secret, fetch, toolServers }),
    shopify({ baseUrl }, token) {
      const api = createShopifyApi({ ...http, baseUrl, token });
      const changing = createShopifyApi({ ...forChanges(http), baseUrl, token });
      return {
        shop: { backend: createShopifyShop(api), changes: createShopifyChanges(changing) },
        ...NO_TOOLS,
        check: (signal) => checkShopify(api, signal),
        close: () => Promise.resolve(),
      };
    },
    salesforce: (system, secret) => connectSalesforce(system, secret, http),
    hubspot: (system, token) => connectHubSpot(system, token, http),
    stripe: (system, key) => connectStripe(system, key, http),
  };
  return (system, secret) => kinds[system.kind](system, secret);
}
