import { z } from 'zod';

import { DraftContent, DraftItem } from '../../domain/draft-item.js';
import { SegmentKey } from '../../domain/release.js';
import { defineEndpoint } from './define-endpoint.js';

export const draftEndpoints = {
  'draft.list': defineEndpoint({
    method: 'GET',
    path: '/v1/draft',
    summary: 'All edits that are not published yet, with their content.',
    access: ['lead', 'operator'],
    answer: z.object({ items: z.array(DraftItem) }),
  }),
  'draft.read': defineEndpoint({
    method: 'GET',
    path: '/v1/draft/item',
    summary:
      'One item as it would be published: the edit where there is one, else what the newest release has.',
    access: ['lead', 'operator'],
    query: z.object({ key: SegmentKey }),
    answer: z.object({
      /** 0 when nobody ever edited it. */
      revision: z.int().nonnegative(),
      isEdited: z.boolean(),
      content: DraftContent.nullable(),
    }),
  }),
  'draft.edit': defineEndpoint({
    method: 'PUT',
    path: '/v1/draft/item',
    summary:
      'Add, edit or retire (null content) an item. Refused with the other edit when somebody else edited it since `expectedRevision`.',
    access: ['lead', 'operator'],
    body: z.object({
      key: SegmentKey,
      expectedRevision: z.int().nonnegative(),
      content: DraftContent.nullable(),
    }),
    answer: DraftItem,
  }),
  'draft.discard': defineEndpoint({
    method: 'POST',
    path: '/v1/draft/discard',
    summary: 'Drop an edit: the item is again what is published.',
    access: ['lead', 'operator'],
    body: z.object({ key: SegmentKey, expectedRevision: z.int().positive() }),
  }),
} as const;
