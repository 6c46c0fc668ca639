import type { HubEndpointName } from '../shared/contracts/hub/index.js';
import { accessTables } from './access/access-tables.js';
import { auditHandlers } from './audit/audit-handlers.js';
import type { AuditService } from './audit/audit-service.js';
import { auditTables } from './audit/audit-tables.js';
import type { Handlers } from './http/handlers.js';
import type { HubServices } from './hub-services.js';
import type { MigrationSet } from './storage/migrate.js';

/** The tables of all areas, in the order they need each other. */
export const hubTables: readonly MigrationSet[] = [accessTables, auditTables];

/** What the areas of the hub are made with. */
export interface AreaDeps {
  readonly services: HubServices;
  readonly audit: AuditService;
}

/** Makes the services of all areas. @returns what answers the endpoints. */
export function createHandlers({ audit }: AreaDeps): Partial<Handlers<HubEndpointName>> {
  return { ...auditHandlers(audit) };
}
