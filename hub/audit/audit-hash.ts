import { createHash } from 'node:crypto';
import canonicalizeModule from 'canonicalize';

import type { AuditEntry } from '../../shared/domain/audit-entry.js';

// The package's types describe an ES module; what Node loads is the function itself.
const canonicalize: unknown = canonicalizeModule;

/** Canonical JSON (RFC 8785): one value has one text. */
export const canonicalText = (value: object): string =>
  (canonicalize as (value: object) => string | undefined)(value) ?? '';

/** SHA-256 over the canonical JSON of workspace and entry without its hash, in hexadecimal. */
export function hashOf(workspaceId: string, entry: Omit<AuditEntry, 'hash'>): string {
  const { sequence, at, actor, action, detail, previousHash } = entry;
  const text = canonicalText({ workspaceId, sequence, at, actor, action, detail, previousHash });
  return createHash('sha256').update(text).digest('hex');
}
