import { canonicalJson, sha256 } from '../../release/canonical-json.js';
import type { AuditEntry } from '../../shared/domain/audit-entry.js';

/** SHA-256 over the canonical JSON of workspace and entry without its hash, in hexadecimal. */
export function hashOf(workspaceId: string, entry: Omit<AuditEntry, 'hash'>): string {
  const { sequence, at, actor, action, detail, previousHash } = entry;
  return sha256(canonicalJson({ workspaceId, sequence, at, actor, action, detail, previousHash }));
}
