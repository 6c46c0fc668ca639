import type { HubEndpointName } from '../shared/contracts/hub/index.js';
import type { Access } from './access/access.js';
import { accessHandlers } from './access/access-handlers.js';
import { accessTables } from './access/access-tables.js';
import { auditHandlers } from './audit/audit-handlers.js';
import type { AuditService } from './audit/audit-service.js';
import { auditTables } from './audit/audit-tables.js';
import { eventHandlers } from './events/event-handlers.js';
import type { EventStreams } from './events/event-streams.js';
import type { Handlers } from './http/handlers.js';
import type { HubServices } from './hub-services.js';
import type { MigrationSet } from './storage/migrate.js';

/** The tables of all areas, in the order they need each other. */
export const hubTables: readonly MigrationSet[] = [accessTables, auditTables];

/** What the areas of the hub are made with. */
export interface AreaDeps {
  readonly services: HubServices;
  readonly audit: AuditService;
  readonly access: Access;
  readonly streams: EventStreams;
}

/** Makes the services of all areas. @returns what answers the endpoints. */
export function createHandlers({ audit, access, streams }: AreaDeps): Partial<Handlers<HubEndpointName>> {
  return { ...accessHandlers(access), ...auditHandlers(audit), ...eventHandlers(streams) };
}
