import { z } from 'zod';

import { FeedbackResolution, ReceivedFeedback } from '../../domain/feedback-event.js';
import { SegmentKey } from '../../domain/release.js';
import { defineEndpoint } from './define-endpoint.js';

/** Events a device sends at a time. */
export const FEEDBACK_BATCH = 200;
/** The most one event may have as JSON, in bytes of UTF-8; a larger one is refused for good. */
export const FEEDBACK_EVENT_BYTES = 256 * 1024;

/** Ids a device asks about at a time. */
export const FEEDBACK_IDS = 2000;

/**
 * The event this device had acknowledged last. Where the hub lacks it, it was restored from a backup, and the device asks which of its
 * delivered events are missing.
 */
const lastAcknowledged = z.uuid().optional();
/** False where the hub lacks `lastAcknowledged`. */
const hasLast = z.boolean().default(true);

/** What the inbox may be narrowed to. */
const filter = {
  action: z.enum([
    'inserted',
    'accepted',
    'edited',
    'copied',
    'rejected',
    'alternative_requested',
    'source_opened',
  ]),
  intent: z.string(),
  articleId: z.string(),
  /** `<stage>@<version>` */
  prompt: z.string(),
  memberId: z.uuid(),
  isResolved: z.stringbool(),
  /** Only what was decided from then on. */
  since: z.iso.datetime(),
};

/** Edited and rejected drafts of one article, intent or prompt version. */
export const FeedbackGroup = z.object({
  /** Article id, intent id or `<stage>@<version>`; null for those without one. */
  key: z.string().nullable(),
  total: z.int(),
  edited: z.int(),
  rejected: z.int(),
  unresolved: z.int(),
  newestAt: z.iso.datetime(),
});
export type FeedbackGroup = z.infer<typeof FeedbackGroup>;

const byId = z.object({ id: z.uuid() });

export const feedbackEndpoints = {
  'feedback.send': defineEndpoint({
    method: 'POST',
    path: '/v1/feedback',
    summary:
      'Store feedback once, whatever how often it is sent. Each event is acknowledged or refused by its id.',
    access: ['rep', 'lead', 'operator'],
    /** Each a FeedbackEvent; parsed one by one, so that one bad event does not hold up the others. */
    body: z.object({ events: z.array(z.unknown()).min(1).max(FEEDBACK_BATCH), lastAcknowledged }),
    answer: z.object({
      hasLast,
      acknowledged: z.array(z.string()),
      /** Refused for good: sending it again does not help. */
      refused: z.array(z.object({ id: z.string().nullable(), index: z.int(), reason: z.string() })),
    }),
  }),
  'feedback.missing': defineEndpoint({
    method: 'POST',
    path: '/v1/feedback/missing',
    summary: 'Which of these feedback ids the hub does not hold, as after it was restored from a backup.',
    access: ['rep', 'lead', 'operator'],
    body: z.object({ ids: z.array(z.uuid()).min(1).max(FEEDBACK_IDS) }),
    answer: z.object({ missing: z.array(z.uuid()) }),
  }),
  'feedback.notes': defineEndpoint({
    method: 'GET',
    path: '/v1/feedback/notes',
    summary: "Leads' answers to this member's own feedback, oldest first, after a cursor.",
    access: ['rep', 'lead', 'operator'],
    query: z.object({ after: z.coerce.number().int().nonnegative().default(0), lastAcknowledged }),
    answer: z.object({
      hasLast,
      notes: z.array(z.object({ feedbackId: z.uuid(), resolution: FeedbackResolution })),
      cursor: z.int().nonnegative(),
    }),
  }),
  'feedback.inbox': defineEndpoint({
    method: 'GET',
    path: '/v1/feedback',
    summary: 'Feedback of the team, newest first.',
    access: ['lead', 'operator'],
    query: z.object({
      ...z.object(filter).partial().shape,
      /** `cursor` of the page before. */
      before: z.string().max(100).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    answer: z.object({ feedback: z.array(ReceivedFeedback), cursor: z.string().nullable() }),
  }),
  'feedback.groups': defineEndpoint({
    method: 'GET',
    path: '/v1/feedback/groups',
    summary: 'Edited and rejected drafts by article, intent or prompt version, most unresolved first.',
    access: ['lead', 'operator'],
    query: z.object({ by: z.enum(['article', 'intent', 'prompt']), since: z.iso.datetime().optional() }),
    answer: z.object({ groups: z.array(FeedbackGroup) }),
  }),
  'feedback.resolve': defineEndpoint({
    method: 'POST',
    path: '/v1/feedback/:id/resolve',
    summary: 'Answer feedback; the note goes back to the rep who sent it.',
    access: ['lead', 'operator'],
    params: byId,
    body: z.object({ note: z.string().max(4000), draftKey: SegmentKey.nullable().default(null) }),
    answer: ReceivedFeedback,
  }),
  'feedback.export': defineEndpoint({
    method: 'GET',
    path: '/v1/feedback/export',
    summary:
      'Everything as CSV, as supervised pairs or as preference pairs (JSONL in the usual chat fine-tuning form).',
    access: ['lead', 'operator'],
    query: z.object({
      format: z.enum(['csv', 'supervised', 'preference']),
      redact: z.stringbool().default(true),
      /** Only what arrived from then on, whenever it was decided. */
      since: z.iso.datetime().optional(),
    }),
    answerStream: 'text/plain',
  }),
} as const;
