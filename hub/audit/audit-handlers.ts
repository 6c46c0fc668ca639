import type { Handlers } from '../http/handlers.js';
import type { AuditService } from './audit-service.js';

export function auditHandlers(audit: AuditService): Handlers<'audit.list' | 'audit.verify'> {
  return {
    'audit.list': async ({ principal, query }) => ({
      entries: await audit.list(principal.workspaceId, query),
    }),
    'audit.verify': async ({ principal }) => audit.verify(principal.workspaceId),
  };
}
