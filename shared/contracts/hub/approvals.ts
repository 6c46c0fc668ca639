import { z } from 'zod';

import { ApprovalAnswer, ApprovalQuestion, ContentHash, WaitingApproval } from '../../domain/approval.js';
import { defineEndpoint } from './define-endpoint.js';

const byId = z.object({ id: z.uuid() });

/** How a question stands; null while no lead has answered. */
export const ApprovalState = z.object({ answer: ApprovalAnswer.nullable() });
export type ApprovalState = z.infer<typeof ApprovalState>;

export const approvalEndpoints = {
  'approvals.ask': defineEndpoint({
    method: 'POST',
    path: '/v1/approvals',
    summary:
      'Ask the leads to approve one change. The same question again is the same question, answered or not; another content under its id is refused.',
    access: ['rep', 'lead', 'operator'],
    body: z.object({ question: ApprovalQuestion, content: ContentHash }),
    answer: ApprovalState,
  }),
  'approvals.read': defineEndpoint({
    method: 'GET',
    path: '/v1/approvals/:id',
    summary: 'How a question of this member stands.',
    access: ['rep', 'lead', 'operator'],
    params: byId,
    answer: ApprovalState,
  }),
  'approvals.withdraw': defineEndpoint({
    method: 'POST',
    path: '/v1/approvals/:id/withdraw',
    summary: 'Take an own question back. What a lead answered before stays answered.',
    access: ['rep', 'lead', 'operator'],
    params: byId,
  }),
  'approvals.forget': defineEndpoint({
    method: 'POST',
    path: '/v1/approvals/:id/forget',
    summary: 'Delete an own question and its answer: their customer was forgotten where it was asked.',
    access: ['rep', 'lead', 'operator'],
    params: byId,
  }),
  'approvals.waiting': defineEndpoint({
    method: 'GET',
    path: '/v1/approvals',
    summary: 'Questions of active members that wait for a lead, oldest first.',
    access: ['lead', 'operator'],
    answer: z.object({ approvals: z.array(WaitingApproval.extend({ isOwn: z.boolean() })) }),
  }),
  'approvals.decide': defineEndpoint({
    method: 'POST',
    path: '/v1/approvals/:id/decide',
    summary:
      'Approve or refuse the content that was shown. Nobody answers their own question, and an answer is not changed.',
    access: ['lead', 'operator'],
    params: byId,
    body: z.object({
      content: ContentHash,
      decision: z.enum(['approved', 'refused']),
      reason: z.string().max(500),
    }),
    answer: ApprovalAnswer,
  }),
} as const;
