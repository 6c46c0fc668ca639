import type { AnswerOf, BodyOf, QueryOf } from '../../shared/contracts/hub/define-endpoint.js';
import type { FeedbackGroup, feedbackEndpoints } from '../../shared/contracts/hub/feedback.js';
import type { ReceivedFeedback } from '../../shared/domain/feedback-event.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import { nameOf, type Principal } from '../http/principal.js';
import type { HubServices } from '../hub-services.js';
import { lockWorkspace } from '../storage/lock-workspace.js';
import { exportText } from './feedback-export.js';
import { feedbackGroups } from './feedback-groups.js';
import { readEvents, type FeedbackRow, type RefusedEvent } from './feedback-intake.js';
import { FeedbackNews } from './feedback-news.js';
import { notesAfter, writeNote } from './feedback-notes.js';
import { conversationPage, findFeedback, inboxPage, insertNew, storedBefore } from './feedback-rows.js';
import { hasFeedback, missingFeedback } from './held-feedback.js';
import { cursorOf, placeOf } from './inbox-cursor.js';

type Endpoints = typeof feedbackEndpoints;

/** Feedback in memory while it is exported. */
const EXPORT_PAGE = 100;
const TAKEN = 'Its id was used before, by another member and for something else.';

/** What reps decided, and what leads answer. */
export class FeedbackService {
  readonly #services: HubServices;
  readonly #news: FeedbackNews;

  constructor(services: HubServices) {
    this.#services = services;
    this.#news = new FeedbackNews(services);
  }

  /**
   * Stores each event once, whatever how often, in which order and at which copy of the hub it arrives; says whether what the device had
   * acknowledged before is still here.
   * @throws AppErrorException HUB_INVALID_REQUEST for the hub key, which is nobody whose feedback it could be.
   */
  async receive(
    { workspaceId, memberId }: Principal,
    { events, lastAcknowledged }: BodyOf<Endpoints['feedback.send']>,
  ): Promise<AnswerOf<Endpoints['feedback.send']>> {
    if (memberId === null)
      throw new AppErrorException(
        'HUB_INVALID_REQUEST',
        'feedback comes from a member, not with the hub key',
      );
    const now = this.#services.now();
    const { rows, refused } = readEvents(events, now);
    const from = { workspaceId, memberId, receivedAt: now.toISOString() };
    const hasLast = await hasFeedback(this.#services.database, workspaceId, lastAcknowledged);
    const { stored, known } = await this.#store(from, [...rows.values()]);
    if (stored > 0) this.#news.tell(workspaceId);
    const taken = [...rows].flatMap(([index, { id }]): RefusedEvent[] =>
      known.has(id) ? [] : [{ id, index, reason: TAKEN }],
    );
    const { metrics } = this.#services;
    metrics.feedback('stored', stored);
    metrics.feedback('repeated', rows.size - taken.length - stored);
    metrics.feedback('refused', refused.length + taken.length);
    return {
      hasLast,
      acknowledged: [...known],
      refused: [...refused, ...taken].sort((a, b) => a.index - b.index),
    };
  }

  /** @returns how many were new, and the ids of all that are there now as they were sent, or from this member. */
  async #store(
    from: { readonly workspaceId: string; readonly memberId: string; readonly receivedAt: string },
    rows: readonly FeedbackRow[],
  ): Promise<{ stored: number; known: Set<string> }> {
    if (rows.length === 0) return { stored: 0, known: new Set() };
    const byId = new Map(rows.map((row) => [row.id, row]));
    // No transaction: one statement stores all, and what is stored stays. It spares most requests two ways to the server.
    const { database } = this.#services;
    const stored = await insertNew(database, from, [...byId.values()]);
    const others = [...byId.values()].filter(({ id }) => !stored.has(id));
    const repeated = await storedBefore(database, from, others);
    return { stored: stored.size, known: new Set([...stored, ...repeated]) };
  }

  /** Which of these ids the team's feedback lacks. */
  missing(workspaceId: string, ids: readonly string[]): Promise<string[]> {
    return missingFeedback(this.#services.database, workspaceId, ids);
  }

  /** Answers to the member's own feedback after `after`; the hub key has none. */
  async notes(
    { workspaceId, memberId }: Principal,
    { after, lastAcknowledged }: QueryOf<Endpoints['feedback.notes']>,
  ): Promise<AnswerOf<Endpoints['feedback.notes']>> {
    const { database } = this.#services;
    if (memberId === null) return { notes: [], cursor: after, hasLast: true };
    const hasLast = await hasFeedback(database, workspaceId, lastAcknowledged);
    return { ...(await notesAfter(database, workspaceId, memberId, after)), hasLast };
  }

  /** @throws AppErrorException HUB_INVALID_REQUEST for a cursor that is none. */
  async inbox(
    workspaceId: string,
    { before, limit, ...filter }: QueryOf<Endpoints['feedback.inbox']>,
  ): Promise<AnswerOf<Endpoints['feedback.inbox']>> {
    const page = { before: before === undefined ? null : placeOf(before), limit: limit + 1 };
    const found = await inboxPage(this.#services.database, workspaceId, filter, page);
    const shown = found.slice(0, limit);
    const last = found.length > limit ? shown.at(-1) : undefined;
    return { feedback: shown.map(({ received }) => received), cursor: last ? cursorOf(last) : null };
  }

  groups(workspaceId: string, query: QueryOf<Endpoints['feedback.groups']>): Promise<FeedbackGroup[]> {
    return feedbackGroups(this.#services.database, workspaceId, query);
  }

  /** Answers feedback, anew where it was answered before. @throws AppErrorException HUB_NOT_FOUND. */
  async resolve(
    principal: Principal,
    id: string,
    { note, draftKey }: BodyOf<Endpoints['feedback.resolve']>,
  ): Promise<ReceivedFeedback> {
    const { workspaceId } = principal;
    const services = this.#services;
    return services.database.transaction(async (queries) => {
      await lockWorkspace(queries, workspaceId);
      const resolvedAt = services.now().toISOString();
      await writeNote(queries, workspaceId, id, {
        note,
        draftKey,
        resolvedBy: nameOf(principal),
        resolvedAt,
      });
      const resolved = await findFeedback(queries, workspaceId, id);
      if (!resolved) throw new AppErrorException('HUB_NOT_FOUND', 'feedback');
      await services.audit(queries, principal, 'feedback.resolved', { feedbackId: id, draftKey });
      await services.announce(queries, workspaceId, {
        name: 'feedback_resolved',
        memberId: resolved.memberId,
      });
      await services.announce(queries, workspaceId, { name: 'feedback_received' });
      return resolved;
    });
  }

  /** Everything as text, page by page. That it left the hub, and for whom, is in the audit log. */
  async export(
    principal: Principal,
    { format, redact, since }: QueryOf<Endpoints['feedback.export']>,
  ): Promise<AsyncGenerator<string>> {
    const { workspaceId } = principal;
    const services = this.#services;
    await services.database.transaction((queries) =>
      services.audit(queries, principal, 'feedback.exported', { format, redact, since: since ?? null }),
    );
    return exportText(format, redact, (after) =>
      conversationPage(services.database, workspaceId, since, { after, limit: EXPORT_PAGE }),
    );
  }
}
