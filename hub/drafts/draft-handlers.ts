import type { Handlers } from '../http/handlers.js';
import type { DraftService } from './draft-service.js';

export function draftHandlers(
  drafts: DraftService,
): Handlers<'draft.list' | 'draft.read' | 'draft.edit' | 'draft.discard'> {
  return {
    'draft.list': async ({ principal }) => ({ items: await drafts.list(principal.workspaceId) }),
    'draft.read': async ({ principal, query }) => drafts.read(principal.workspaceId, query.key),
    'draft.edit': async ({ principal, body }) => drafts.edit(principal, body),
    'draft.discard': async ({ principal, body }) => drafts.discard(principal, body),
  };
}
