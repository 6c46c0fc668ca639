import { Readable } from 'node:stream';

import type { Handlers } from '../http/handlers.js';
import type { FeedbackService } from './feedback-service.js';

type Names =
  | 'feedback.send'
  | 'feedback.missing'
  | 'feedback.notes'
  | 'feedback.inbox'
  | 'feedback.groups'
  | 'feedback.resolve'
  | 'feedback.export';

export function feedbackHandlers(feedback: FeedbackService): Handlers<Names> {
  return {
    'feedback.send': async ({ principal, body }) => feedback.receive(principal, body),
    'feedback.missing': async ({ principal, body }) => ({
      missing: await feedback.missing(principal.workspaceId, body.ids),
    }),
    'feedback.notes': async ({ principal, query }) => feedback.notes(principal, query),
    'feedback.inbox': async ({ principal, query }) => feedback.inbox(principal.workspaceId, query),
    'feedback.groups': async ({ principal, query }) => ({
      groups: await feedback.groups(principal.workspaceId, query),
    }),
    'feedback.resolve': async ({ principal, params, body }) => feedback.resolve(principal, params.id, body),
    'feedback.export': async ({ principal, query, reply }) => {
      const text = Readable.from(await feedback.export(principal, query), { objectMode: false });
      await reply.type('text/plain; charset=utf-8').send(text);
    },
  };
}
