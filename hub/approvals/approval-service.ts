import { createHash } from 'node:crypto';

import { z } from 'zod';

import type { approvalEndpoints, ApprovalState } from '../../shared/contracts/hub/approvals.js';
import type { AnswerOf, BodyOf } from '../../shared/contracts/hub/define-endpoint.js';
import { contentText, type ApprovalAnswer, type ApprovalQuestion } from '../../shared/domain/approval.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import { nameOf, type Principal } from '../http/principal.js';
import type { HubServices } from '../hub-services.js';
import type { Queries } from '../storage/hub-database.js';
import { lockWorkspace } from '../storage/lock-workspace.js';
import { findApproval, isActiveMember, waitingApprovals, type ApprovalRow } from './approval-rows.js';

type Endpoints = typeof approvalEndpoints;

/** An answer waits so long for a computer that is off over a weekend or a holiday: dropped before, a refusal would be asked about anew. */
const ANSWER_DAYS = 14;
const Dropped = z.object({ workspace_id: z.string(), was_open: z.boolean() });

/**
 * The second pair of eyes on a change: a rep's device asks, a lead answers. An answer is for one content, which the hub computes itself from
 * what it shows; it is never changed, and it is never the asker's own.
 */
export class ApprovalService {
  readonly #services: HubServices;

  constructor(services: HubServices) {
    this.#services = services;
  }

  /**
   * Asks, or tells how it stands where it was asked before. Whoever joined anew under another membership goes on with the own question:
   * nobody else knows its id and content.
   * @throws AppErrorException HUB_INVALID_REQUEST where `content` is not that of the question, HUB_CONFLICT for another content under its id.
   */
  async ask(
    principal: Principal,
    { question, content }: BodyOf<Endpoints['approvals.ask']>,
  ): Promise<ApprovalState> {
    const memberId = memberOf(principal);
    if (contentOf(question) !== content)
      throw new AppErrorException('HUB_INVALID_REQUEST', 'the content is not that of the question');
    const { workspaceId } = principal;
    const id = question.actionId;
    return this.#alone(workspaceId, async (queries) => {
      const before = await findApproval(queries, workspaceId, id);
      if (before && before.content !== content)
        throw new AppErrorException('HUB_CONFLICT', 'another content was asked about under this id');
      if (before?.answer || before?.memberId === memberId) return { answer: before.answer };
      await queries.run(
        `INSERT INTO approval (workspace_id, id, content, member_id, asked_at, body) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (workspace_id, id) DO UPDATE SET member_id = EXCLUDED.member_id`,
        [workspaceId, id, content, memberId, this.#services.now().toISOString(), JSON.stringify(question)],
      );
      await this.#note(queries, principal, 'approval.asked', question, content);
      await this.#services.announce(queries, workspaceId, { name: 'approval_asked' });
      return { answer: null };
    });
  }

  /** @throws AppErrorException HUB_NOT_FOUND where this member asked nothing of this id. */
  async read(principal: Principal, id: string): Promise<ApprovalState> {
    const { answer } = await this.#own(this.#services.database, principal, id);
    return { answer };
  }

  /** @throws AppErrorException HUB_NOT_FOUND where this member asked nothing of this id. */
  async withdraw(principal: Principal, id: string): Promise<void> {
    const { workspaceId } = principal;
    await this.#alone(workspaceId, async (queries) => {
      const { answer, content } = await this.#own(queries, principal, id);
      if (answer) return;
      await queries.run('DELETE FROM approval WHERE workspace_id = $1 AND id = $2', [workspaceId, id]);
      await this.#services.audit(queries, principal, 'approval.withdrawn', { actionId: id, content });
      await this.#services.announce(queries, workspaceId, { name: 'approval_asked' });
    });
  }

  /**
   * Deletes it with its answer, whose reason may speak of the customer; the audit log keeps that there was one.
   * @throws AppErrorException HUB_NOT_FOUND where this member asked nothing of this id.
   */
  async forget(principal: Principal, id: string): Promise<void> {
    const { workspaceId } = principal;
    await this.#alone(workspaceId, async (queries) => {
      const { answer, content } = await this.#own(queries, principal, id);
      await queries.run('DELETE FROM approval WHERE workspace_id = $1 AND id = $2', [workspaceId, id]);
      await this.#services.audit(queries, principal, 'approval.forgotten', { actionId: id, content });
      if (!answer) await this.#services.announce(queries, workspaceId, { name: 'approval_asked' });
    });
  }

  /**
   * Drops answers that were given, and questions that were asked, so many days ago or earlier; answers not before {@link ANSWER_DAYS}. A desk
   * that still waits for a lead asks anew.
   * @returns how many, of all workspaces.
   */
  async dropOld(days: number): Promise<number> {
    const before = (count: number): string =>
      new Date(this.#services.now().getTime() - count * 24 * 3600_000).toISOString();
    return this.#services.database.transaction(async (queries) => {
      const dropped = await queries.rows(
        Dropped,
        `DELETE FROM approval WHERE (decided_at IS NULL AND asked_at <= $1) OR decided_at <= $2
         RETURNING workspace_id, decided_at IS NULL AS was_open`,
        [before(days), before(Math.max(days, ANSWER_DAYS))],
      );
      const lost = dropped.filter(({ was_open }) => was_open).map(({ workspace_id }) => workspace_id);
      for (const id of new Set(lost)) await this.#services.announce(queries, id, { name: 'approval_asked' });
      return dropped.length;
    });
  }

  async waiting({ workspaceId, memberId }: Principal): Promise<AnswerOf<Endpoints['approvals.waiting']>> {
    const approvals = await waitingApprovals(this.#services.database, workspaceId);
    return { approvals: approvals.map((each) => ({ ...each, isOwn: each.memberId === memberId })) };
  }

  /**
   * @throws AppErrorException HUB_NOT_FOUND where it was withdrawn or its asker is no member any more, HUB_CONFLICT for another content than
   *   the one asked about and where another lead answered, HUB_NOT_ALLOWED for the own question, HUB_INVALID_REQUEST with the hub key.
   */
  async decide(
    principal: Principal,
    id: string,
    { content, decision, reason }: BodyOf<Endpoints['approvals.decide']>,
  ): Promise<ApprovalAnswer> {
    const lead = memberOf(principal);
    const { workspaceId } = principal;
    return this.#alone(workspaceId, async (queries) => {
      const asked = await findApproval(queries, workspaceId, id);
      if (!asked || !(await isActiveMember(queries, workspaceId, asked.memberId)))
        throw new AppErrorException('HUB_NOT_FOUND', 'approval');
      if (asked.memberId === lead)
        throw new AppErrorException('HUB_NOT_ALLOWED', 'your own change: another lead must decide');
      if (asked.content !== content)
        throw new AppErrorException('HUB_CONFLICT', 'the change is not the one that was shown');
      const { answer } = asked;
      // The answer to the first try was lost on its way.
      if (answer?.decision === decision && asked.decidedById === lead) return answer;
      if (answer) throw new AppErrorException('HUB_CONFLICT', `${answer.by} has ${answer.decision} it`);
      const at = this.#services.now().toISOString();
      const by = nameOf(principal);
      await queries.run(
        `UPDATE approval SET decision = $3, decided_by = $4, decided_by_name = $5, reason = $6, decided_at = $7, body = NULL
         WHERE workspace_id = $1 AND id = $2`,
        [workspaceId, id, decision, lead, by, reason, at],
      );
      await this.#services.audit(queries, principal, `approval.${decision}`, { actionId: id, content });
      await this.#services.announce(queries, workspaceId, {
        name: 'approval_decided',
        memberId: asked.memberId,
      });
      await this.#services.announce(queries, workspaceId, { name: 'approval_asked' });
      return { content, decision, by, reason, at };
    });
  }

  async #own(queries: Queries, principal: Principal, id: string): Promise<ApprovalRow> {
    const asked = await findApproval(queries, principal.workspaceId, id);
    if (!asked || asked.memberId !== principal.memberId)
      throw new AppErrorException('HUB_NOT_FOUND', 'approval');
    return asked;
  }

  #note(
    queries: Queries,
    principal: Principal,
    action: string,
    { actionId, tool, amount }: ApprovalQuestion,
    content: string,
  ): Promise<void> {
    const costs = amount === null ? null : `${amount.amount.toFixed(2)} ${amount.currency}`;
    return this.#services.audit(queries, principal, action, { actionId, tool, amount: costs, content });
  }

  #alone<T>(workspaceId: string, work: (queries: Queries) => Promise<T>): Promise<T> {
    return this.#services.database.transaction(async (queries) => {
      await lockWorkspace(queries, workspaceId);
      return work(queries);
    });
  }
}

const contentOf = ({ actionId, ...rest }: ApprovalQuestion): string =>
  createHash('sha256')
    .update(contentText({ id: actionId, ...rest }))
    .digest('hex');

function memberOf({ memberId }: Principal): string {
  if (memberId === null)
    throw new AppErrorException('HUB_INVALID_REQUEST', 'a member asks and decides, not the hub key');
  return memberId;
}
