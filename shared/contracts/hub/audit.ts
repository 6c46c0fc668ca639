import { z } from 'zod';

import { AuditEntry } from '../../domain/audit-entry.js';
import { defineEndpoint } from './define-endpoint.js';

export const auditEndpoints = {
  'audit.list': defineEndpoint({
    method: 'GET',
    path: '/v1/audit',
    summary: 'The audit log, newest first.',
    access: ['lead', 'operator'],
    query: z.object({
      before: z.coerce.number().int().positive().optional(),
      limit: z.coerce.number().int().min(1).max(500).default(100),
    }),
    answer: z.object({ entries: z.array(AuditEntry) }),
  }),
  'audit.verify': defineEndpoint({
    method: 'GET',
    path: '/v1/audit/verify',
    summary: 'Whether the chain is whole; else the first entry that is wrong.',
    access: ['operator'],
    answer: z.object({
      isWhole: z.boolean(),
      entries: z.int().nonnegative(),
      firstWrong: z.int().positive().nullable(),
    }),
  }),
} as const;
