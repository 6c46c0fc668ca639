import { z } from 'zod';

import { FEEDBACK_EVENT_BYTES } from '../../shared/contracts/hub/feedback.js';
import { FeedbackEvent } from '../../shared/domain/feedback-event.js';

/** An event as it is stored: the columns it is found by, and itself as JSON. */
export interface FeedbackRow {
  readonly id: string;
  readonly sequence: number;
  readonly conversationId: string;
  /** ISO time. */
  readonly decidedAt: string;
  readonly action: string;
  readonly intent: string | null;
  readonly articleIds: readonly string[];
  /** `<stage>@<version>` */
  readonly prompts: readonly string[];
  readonly body: string;
}

/** An event that is not taken, now or ever. */
export interface RefusedEvent {
  /** Null where none can be read. */
  readonly id: string | null;
  readonly index: number;
  readonly reason: string;
}

/** Of what is searched by. Longer texts do not fit into an index of the database (a third of a page), and control characters separate them on the way there. */
const Name = z
  .string()
  .max(400)
  .regex(/^\P{Cc}*$/u, 'control characters');
const IntakeEvent = FeedbackEvent.extend({
  feedback: FeedbackEvent.shape.feedback.extend({
    id: z.uuid().lowercase(),
    conversationId: Name,
    intent: Name.nullable(),
  }),
  context: FeedbackEvent.shape.context.extend({
    articleIds: z.array(Name.min(1)).max(200),
    promptVersions: z.record(Name.max(100), z.int()),
    model: Name.nullable().default(null),
  }),
});
const AnyId = z.object({ feedback: z.object({ id: z.string().max(200) }) });

/** Reads each event by itself. @returns what may be stored, by its place in the batch, and what may not. */
export function readEvents(
  events: readonly unknown[],
  now: Date,
): { readonly rows: ReadonlyMap<number, FeedbackRow>; readonly refused: readonly RefusedEvent[] } {
  const rows = new Map<number, FeedbackRow>();
  const refused: RefusedEvent[] = [];
  for (const [index, event] of events.entries()) {
    const read = readEvent(event, now);
    if (typeof read !== 'string') rows.set(index, read);
    else refused.push({ id: AnyId.safeParse(event).data?.feedback.id ?? null, index, reason: read });
  }
  return { rows, refused };
}

/** @returns the row, or in words why there is none. */
function readEvent(event: unknown, now: Date): FeedbackRow | string {
  const parsed = IntakeEvent.safeParse(event);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return `The event is not in the form the hub expects: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}.`;
  }
  const { sequence, feedback, context } = parsed.data;
  const body = JSON.stringify(parsed.data);
  const bytes = Buffer.byteLength(body);
  if (bytes > FEEDBACK_EVENT_BYTES)
    return `The event has ${String(bytes)} bytes; the hub takes ${String(FEEDBACK_EVENT_BYTES)}.`;
  // The database knows no year 0, though ISO 8601 does.
  const decided = Math.max(0, Math.min(Date.parse(feedback.createdAt), now.getTime()));
  return {
    id: feedback.id,
    sequence,
    conversationId: feedback.conversationId,
    decidedAt: new Date(decided).toISOString(),
    action: feedback.action.kind,
    intent: feedback.intent,
    articleIds: [...new Set(context.articleIds)],
    prompts: Object.entries(context.promptVersions).map(([stage, version]) => `${stage}@${String(version)}`),
    body,
  };
}
